-- A database and a user for each of metastore, airflow and metabase. Run again, it sets the passwords anew and changes
-- nothing else.
\set ON_ERROR_STOP on
\getenv metastore_password METASTORE_PASSWORD
\getenv airflow_password AIRFLOW_PASSWORD
\getenv metabase_password METABASE_PASSWORD

select format('create role %I login', name)
from unnest(array['metastore', 'airflow', 'metabase']) as wanted (name)
where not exists (select from pg_roles where rolname = name)
\gexec

alter role metastore password :'metastore_password';
alter role airflow password :'airflow_password';
alter role metabase password :'metabase_password';

-- Who makes a database for another user must be a member of that user.
select format('grant %I to current_user', name)
from unnest(array['metastore', 'airflow', 'metabase']) as wanted (name)
where not pg_has_role(current_user, name, 'member')
\gexec

select format('create database %I owner %I', name, name)
from unnest(array['metastore', 'airflow', 'metabase']) as wanted (name)
where not exists (select from pg_database where datname = name)
\gexec

revoke connect on database metastore from public;
revoke connect on database airflow from public;
revoke connect on database metabase from public;
