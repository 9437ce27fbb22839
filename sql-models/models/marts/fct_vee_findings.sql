{{ config(materialized='table') }}

with negative as (

    select
        {{ vee_finding('readings') }},
        cast(readings.reading_value as decimal(38, 9)) as observed_value,
        cast(0 as decimal(38, 9)) as limit_value,
        readings.unit
    from {{ ref('int_vee_readings') }} as readings
    inner join {{ ref('int_vee_rules') }} as rules
        on
            rules.check_name = 'negative'
            and {{ vee_applies('rules', 'readings') }}
    where readings.reading_value < 0

),

above_fuse as (

    select
        {{ vee_finding('readings') }},
        readings.average_kw as observed_value,
        cast(coalesce(readings.fuse_kw, rules.max_kw) as decimal(38, 9)) as limit_value,
        'kW' as unit
    from {{ ref('int_vee_readings') }} as readings
    inner join {{ ref('int_vee_rules') }} as rules
        on
            rules.check_name = 'above_fuse'
            and {{ vee_applies('rules', 'readings') }}
    -- Multiplied, not divided: nothing is rounded.
    where
        abs(readings.energy_kwh) * 60
        > coalesce(readings.fuse_kw, rules.max_kw) * readings.length_minutes

),

-- The table holds an interval once: only the ledger still knows that a file had it twice.
duplicates as (

    select
        rules.rule_name,
        rules.check_name,
        rules.severity,
        cast(null as varchar) as meter_id,
        cast(null as varchar) as channel,
        files.first_interval_start_at as interval_start_at,
        files.last_interval_start_at as interval_end_at,
        cast(null as date) as reading_date,
        files.utility,
        files.source_file,
        cast(files.rows_duplicate as decimal(38, 9)) as observed_value,
        cast(0 as decimal(38, 9)) as limit_value,
        'rows' as unit
    from {{ ref('stg_ingested_files') }} as files
    inner join {{ ref('int_vee_rules') }} as rules
        on
            rules.check_name = 'duplicate'
            and (rules.utility is null or files.utility = rules.utility)
            and rules.meter_class is null
            and rules.channels is null
    where files.rows_duplicate > 0

),

findings as (

    select * from negative
    union all
    select * from above_fuse
    union all
    select * from duplicates
    union all
    select * from {{ ref('int_vee_neighbours') }}
    union all
    select * from {{ ref('int_vee_spikes') }}

)

select
    rule_name,
    check_name,
    severity,
    meter_id,
    channel,
    interval_start_at,
    interval_end_at,
    reading_date,
    utility,
    source_file,
    observed_value,
    limit_value,
    unit
from findings
