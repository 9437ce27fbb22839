variable "region" {
  description = "Region of the deployment, such as eu-central-1."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "Cannot use region: write it as AWS does, such as eu-central-1."
  }
}

variable "account_id" {
  description = "The one account in which this environment may be made."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "Cannot use account_id: it has twelve digits."
  }
}

variable "availability_zones" {
  description = "Two availability zones of the region or more."
  type        = list(string)
  nullable    = false

  validation {
    condition     = alltrue([for zone in var.availability_zones : startswith(zone, var.region)])
    error_message = "Cannot use availability_zones: they are of another region."
  }
}

variable "people_cidrs" {
  description = "Addresses from which people come, such as the company's VPN."
  type        = list(string)
  nullable    = false
}

variable "certificate_arn" {
  description = "Certificate for both hosts, in ACM."
  type        = string
  nullable    = false
}

variable "hosts" {
  description = "Host names under which people reach Airflow and Metabase."
  type = object({
    airflow  = string
    metabase = string
  })
  nullable = false
}

variable "images" {
  description = "The images, with their versions; what is in each stands in the README of terraform/."
  type = object({
    metastore      = string
    trino          = string
    airflow        = string
    metabase       = string
    database_setup = string
  })
  nullable = false
}

variable "image_repositories" {
  description = "Repositories of this account's registry that hold the images."
  type        = list(string)
  nullable    = false
}

variable "alarm_emails" {
  description = "Who gets the alarms."
  type        = set(string)
  nullable    = false
}
