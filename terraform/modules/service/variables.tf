variable "name" {
  description = "Name of the deployment."
  type        = string
  nullable    = false
}

variable "service" {
  description = "Name of the service; also its host name in the private DNS."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]*$", var.service))
    error_message = "Cannot use service: write lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "image" {
  description = "The image of all its containers, by tag or digest; never latest, since nobody could say what ran."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("(:[A-Za-z0-9_][A-Za-z0-9._-]*|@sha256:[0-9a-f]{64})$", var.image)) && !endswith(var.image, ":latest")
    error_message = "Cannot use image: name a version, as repository:1.2.3 or repository@sha256:…, and not latest."
  }
}

variable "containers" {
  description = "Its containers, the one that the load balancer reaches first: arguments, environment, port, and a shell command that succeeds when it is well."
  type = list(object({
    name           = string
    command        = optional(list(string), [])
    environment    = optional(map(string), {})
    port           = optional(number)
    health_command = optional(string)
  }))
  nullable = false

  validation {
    condition     = length(var.containers) > 0
    error_message = "Cannot make a service without containers: name one at least."
  }
}

variable "environment" {
  description = "Environment of all its containers; nothing secret."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key in keys(var.environment) : !can(regex("(?i)(password|secret|token|fernet)", key))])
    error_message = "Cannot put a secret into environment: everybody who may describe tasks can read it. Use secrets."
  }
}

variable "secrets" {
  description = "Environment whose values come from Secrets Manager: for each variable the secret's ARN, with :key:: for one key of its JSON."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "cpu" {
  description = "CPU units; 1024 are one processor."
  type        = number
  nullable    = false

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096, 8192, 16384], var.cpu)
    error_message = "Cannot use cpu: Fargate has 256, 512, 1024, 2048, 4096, 8192 and 16384."
  }
}

variable "memory_mb" {
  description = "Memory in MB; Fargate takes two to eight times the processors in GB."
  type        = number
  nullable    = false

  validation {
    condition     = var.memory_mb >= var.cpu * 2 && var.memory_mb <= var.cpu * (var.cpu >= 8192 ? 7.5 : 8)
    error_message = "Cannot use memory_mb: 2 to 8 GB for each processor, 7.5 from eight processors on."
  }
}

variable "cpu_architecture" {
  description = "X86_64 or ARM64; what the images were built for."
  type        = string
  default     = "X86_64"
  nullable    = false

  validation {
    condition     = contains(["X86_64", "ARM64"], var.cpu_architecture)
    error_message = "Cannot use cpu_architecture: it is X86_64 or ARM64."
  }
}

variable "scratch_gb" {
  description = "Disk of a task that goes with it, for spilling."
  type        = number
  default     = 21
  nullable    = false

  validation {
    condition     = var.scratch_gb >= 21 && var.scratch_gb <= 200
    error_message = "Cannot use scratch_gb: 21 to 200."
  }
}

variable "count_of_tasks" {
  description = "How many of it run at first; with scaling, autoscaling changes it."
  type        = number
  default     = 1
  nullable    = false
}

variable "alone" {
  description = "Whether two of it must never run at the same time."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !var.alone || (var.count_of_tasks <= 1 && var.scaling == null)
    error_message = "Cannot scale a service that must be alone: leave out scaling and count_of_tasks."
  }
}

variable "scaling" {
  description = "Between how many tasks it scales, and the average use of CPU that it keeps; null: not at all."
  type = object({
    min         = number
    max         = number
    cpu_percent = optional(number, 60)
  })
  default = null

  validation {
    condition     = var.scaling == null || try(var.scaling.min >= 1 && var.scaling.max >= var.scaling.min, false)
    error_message = "Cannot use scaling: min is 1 or more, and max not less."
  }
}

variable "mounts" {
  description = "For each folder of the lake's file system the path at which it is mounted."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "file_system_id" {
  description = "The lake's file system; needed with mounts."
  type        = string
  default     = null
}

variable "access_point_ids" {
  description = "For each folder the ID of its access point."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "cluster_arn" {
  description = "The cluster."
  type        = string
  nullable    = false
}

variable "cluster_name" {
  description = "The cluster's name, for autoscaling."
  type        = string
  nullable    = false
}

variable "namespace_id" {
  description = "The private DNS namespace in which it has a name; null: none."
  type        = string
  default     = null
}

variable "subnet_ids" {
  description = "Private subnets."
  type        = list(string)
  nullable    = false
}

variable "security_group_id" {
  description = "Its security group."
  type        = string
  nullable    = false
}

variable "execution_role_arn" {
  description = "The role with which ECS starts it."
  type        = string
  nullable    = false
}

variable "task_role_arn" {
  description = "The role that it has while it runs."
  type        = string
  nullable    = false
}

variable "target_group_arn" {
  description = "The load balancer's target group; null: people do not reach it."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "Days that its log is kept."
  type        = number
  default     = 365
  nullable    = false
}

variable "kms_key_arn" {
  description = "Key that encrypts its log."
  type        = string
  nullable    = false
}

variable "tags" {
  description = "Tags of all resources."
  type        = map(string)
  default     = {}
  nullable    = false
}
