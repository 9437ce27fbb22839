with signed as (

    select
        reports.report_id,
        reports.period,
        reports.period_start,
        reports.period_end,
        inputs.commit_requested_at
    from hudi.lake.reports as reports
    inner join hudi.lake.report_lineage as inputs
        on reports.report_id = inputs.report_id and inputs.table_name = 'meter_readings'
    where
        reports.status = 'signed'
        [[and reports.period = {{period}}]]

),

-- Of several corrections of an interval the first one has the value that was reported, the last one the present one.
intervals as (

    select
        signed.report_id,
        signed.period,
        changes.meter_id,
        changes.channel,
        changes.interval_start_at,
        changes.reading_date,
        changes.flow_direction,
        min_by(changes.old_energy_kwh, changes.commit_requested_instant) as reported_kwh,
        max_by(changes.new_energy_kwh, changes.commit_requested_instant) as present_kwh,
        max(changes.received_at) as received_at
    from signed
    inner join hive.marts.fct_reading_changes as changes
        on
            changes.reading_date >= signed.period_start
            and changes.reading_date < signed.period_end
            and changes.commit_requested_instant > signed.commit_requested_at
    group by 1, 2, 3, 4, 5, 6, 7

),

partners as (

    select
        partner_id,
        max(partner_name) as partner_name
    from hive.marts.fct_settlement
    where
        1 = 1
        [[and {{partner}}]]
    group by partner_id

)

select
    intervals.report_id,
    intervals.period,
    partners.partner_id,
    partners.partner_name,
    intervals.flow_direction,
    count(*) as corrected_intervals,
    count(distinct intervals.meter_id) as meters,
    coalesce(sum(intervals.reported_kwh), decimal '0') as reported_kwh,
    coalesce(sum(intervals.present_kwh), decimal '0') as present_kwh,
    coalesce(sum(intervals.present_kwh), decimal '0') - coalesce(sum(intervals.reported_kwh), decimal '0') as difference_kwh,
    with_timezone(max(intervals.received_at), 'UTC') as last_correction_received_at,
    'provisional' as numbers,
    (select with_timezone(max(received_at), 'UTC') from hive.marts.fct_ingested_files) as data_as_of,
    concat(cast(least(count(*) over (), 2000) as varchar), ' of ', cast(count(*) over () as varchar)) as rows_shown
from intervals
left join hive.marts.dim_partner_meter as contracts
    on
        intervals.meter_id = contracts.meter_id
        and intervals.reading_date >= contracts.valid_from
        and intervals.reading_date < contracts.valid_to
inner join partners
    on coalesce(contracts.partner_id, 'unassigned') = partners.partner_id
where coalesce(intervals.reported_kwh, decimal '0') <> coalesce(intervals.present_kwh, decimal '0')
group by 1, 2, 3, 4, 5
order by period desc, partner_id, flow_direction
limit 2000
