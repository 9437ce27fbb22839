# A private, versioned and encrypted bucket whose current objects never expire.

module "encryption" {
  source = "../../modules/encryption"

  name = "example"
}

module "bucket" {
  source = "../../modules/storage"

  name        = "example-meter-files"
  kms_key_arn = module.encryption.key_arn
}

output "bucket" {
  description = "Its name."
  value       = module.bucket.bucket
}
