# Who is there: secrets, services, and who opens a connection to whom.

locals {
  account_id = data.aws_caller_identity.current.account_id

  secrets = {
    metastore = { description = "The metastore's database user.", keys = ["database_password"] }
    trino     = { description = "What Trino's nodes prove to each other that they belong together with.", keys = ["shared_secret"] }
    airflow   = { description = "Airflow's database, keys and webhook.", keys = ["database_password", "sql_alchemy_conn", "fernet_key", "api_secret_key", "jwt_secret", "alarm_connection"] }
    metabase  = { description = "Metabase's database user and encryption.", keys = ["database_password", "encryption_key"] }
  }

  # Who runs, what it is started with, what it mounts.
  services = {
    metastore         = { secret_arns = [module.secrets.arns["metastore"]], folders = ["lake"] }
    trino             = { secret_arns = [module.secrets.arns["trino"]], folders = ["lake"] }
    trino-worker      = { secret_arns = [module.secrets.arns["trino"]], folders = ["lake"] }
    airflow           = { secret_arns = [module.secrets.arns["airflow"]], writes_task_logs = true }
    airflow-scheduler = { secret_arns = [module.secrets.arns["airflow"]], folders = ["lake", "landing", "state"], writes_task_logs = true }
    metabase          = { secret_arns = [module.secrets.arns["metabase"]] }
    database-setup    = { secret_arns = [module.secrets.arns["metastore"], module.secrets.arns["airflow"], module.secrets.arns["metabase"], module.database.administrator_secret_arn] }
  }

  running  = ["metastore", "trino", "trino-worker", "airflow", "airflow-scheduler", "metabase"]
  mounting = ["metastore", "trino", "trino-worker", "airflow-scheduler"]
  querying = ["metastore", "airflow", "airflow-scheduler", "metabase", "database-setup"]

  # Who opens a connection to whom; nothing else is let through.
  connections = concat(
    [
      { from = "load-balancer", to = "airflow", port = 8080 },
      { from = "load-balancer", to = "metabase", port = 3000 },
      { from = "trino", to = "metastore", port = 9083 },
      { from = "trino-worker", to = "metastore", port = 9083 },
      { from = "airflow-scheduler", to = "metastore", port = 9083 },
      { from = "trino", to = "trino-worker", port = 8080 },
      { from = "trino-worker", to = "trino", port = 8080 },
      { from = "trino-worker", to = "trino-worker", port = 8080 },
      { from = "airflow-scheduler", to = "trino", port = 8080 },
      { from = "metabase", to = "trino", port = 8080 },
      { from = "airflow-scheduler", to = "airflow", port = 8080 },
    ],
    [for group in local.querying : { from = group, to = "database", port = 5432 }],
    [for group in concat(local.mounting, ["transfer"]) : { from = group, to = "lake", port = 2049 }],
  )
}
