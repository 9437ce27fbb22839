-- Intervals that took far more power than the meter's days before did: more than `factor` times the third highest of
-- the daily peaks of `history_days` days. The third one, so that a spike or two of the past hide no later one.
with peaks as (

    select
        meter_id,
        channel,
        reading_date,
        max(average_kw) as peak_kw
    from {{ ref('int_vee_readings') }}
    where energy_kwh is not null
    group by meter_id, channel, reading_date

),

usual_peaks as (

    select
        rules.rule_name,
        peaks.meter_id,
        peaks.channel,
        peaks.reading_date,
        element_at(reverse(array_sort(array_agg(earlier.peak_kw))), 3) as usual_peak_kw
    from peaks
    inner join {{ ref('int_vee_rules') }} as rules
        on rules.check_name = 'spike'
    inner join peaks as earlier
        on
            peaks.meter_id = earlier.meter_id
            and peaks.channel = earlier.channel
            and peaks.reading_date > earlier.reading_date
            and date_diff('day', earlier.reading_date, peaks.reading_date) <= rules.history_days
    group by rules.rule_name, peaks.meter_id, peaks.channel, peaks.reading_date

)

select
    {{ vee_finding('readings') }},
    readings.average_kw as observed_value,
    cast(usual_peaks.usual_peak_kw * rules.factor as decimal(38, 9)) as limit_value,
    'kW' as unit
from {{ ref('int_vee_readings') }} as readings
inner join usual_peaks
    on
        readings.meter_id = usual_peaks.meter_id
        and readings.channel = usual_peaks.channel
        and readings.reading_date = usual_peaks.reading_date
inner join {{ ref('int_vee_rules') }} as rules
    on
        usual_peaks.rule_name = rules.rule_name
        and {{ vee_applies('rules', 'readings') }}
where
    usual_peaks.usual_peak_kw > 0
    and readings.average_kw > usual_peaks.usual_peak_kw * rules.factor
