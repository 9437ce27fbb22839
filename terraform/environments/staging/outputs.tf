output "platform" {
  description = "All that the deployment tells: where DNS must point, buckets, secrets to fill, the task that makes the databases."
  value       = module.platform
}
