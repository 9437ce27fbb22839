-- Findings that an interval and the one after it, or those before it, show: overlap, gap and frozen.
with neighbours as (

    select
        *,
        lead(interval_start_at) over channel_readings as next_start_at,
        coalesce(
            lag(interval_end_at) over channel_readings = interval_start_at
            and lag(reading_value) over channel_readings = reading_value
            and reading_value <> 0,
            false
        ) as is_as_before
    from {{ ref('int_vee_readings') }}
    window channel_readings as (partition by meter_id, channel order by interval_start_at)

),

runs as (

    select
        *,
        count_if(not is_as_before) over (
            partition by meter_id, channel
            order by interval_start_at
        ) as run_number
    from neighbours

),

frozen as (

    select
        meter_id,
        channel,
        run_number,
        unit,
        utility,
        meter_class,
        min(interval_start_at) as interval_start_at,
        max(interval_end_at) as interval_end_at,
        min(reading_date) as reading_date,
        max(source_file) as source_file,
        count(*) as equal_intervals
    from runs
    group by meter_id, channel, run_number, unit, utility, meter_class
    having count(*) > 1

)

select
    {{ vee_finding('neighbours') }},
    cast(date_diff('minute', neighbours.next_start_at, neighbours.interval_end_at) as decimal(38, 9)) as observed_value,
    cast(0 as decimal(38, 9)) as limit_value,
    'minutes' as unit
from neighbours
inner join {{ ref('int_vee_rules') }} as rules
    on
        rules.check_name = 'overlap'
        and {{ vee_applies('rules', 'neighbours') }}
where neighbours.next_start_at < neighbours.interval_end_at
union all
select
    {{ vee_finding('neighbours', start='interval_end_at', end='next_start_at') }},
    cast(date_diff('minute', neighbours.interval_end_at, neighbours.next_start_at) as decimal(38, 9)) as observed_value,
    cast(rules.min_minutes as decimal(38, 9)) as limit_value,
    'minutes' as unit
from neighbours
inner join {{ ref('int_vee_rules') }} as rules
    on
        rules.check_name = 'gap'
        and {{ vee_applies('rules', 'neighbours') }}
where date_diff('minute', neighbours.interval_end_at, neighbours.next_start_at) >= rules.min_minutes
union all
select
    {{ vee_finding('frozen') }},
    cast(frozen.equal_intervals as decimal(38, 9)) as observed_value,
    cast(rules.intervals as decimal(38, 9)) as limit_value,
    'intervals' as unit
from frozen
inner join {{ ref('int_vee_rules') }} as rules
    on
        rules.check_name = 'frozen'
        and {{ vee_applies('rules', 'frozen') }}
where frozen.equal_intervals >= rules.intervals
