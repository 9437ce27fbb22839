select
    cast(null as varchar) as rule_name,
    cast(null as varchar) as check_name,
    cast(null as varchar) as severity,
    cast(null as varchar) as utility,
    cast(null as varchar) as meter_class,
    cast(null as array(varchar)) as channels,
    cast(null as decimal(18, 6)) as max_kw,
    cast(null as decimal(18, 6)) as intervals,
    cast(null as decimal(18, 6)) as min_minutes,
    cast(null as decimal(18, 6)) as factor,
    cast(null as decimal(18, 6)) as history_days
where false
{% for rule in var('vee_rules', []) %}
union all
select
    {{ vee_text(rule.name) }},
    {{ vee_text(rule.check) }},
    {{ vee_text(rule.severity) }},
    {{ vee_text(rule.utility) }},
    {{ vee_text(rule.meter_class) }},
    {{ vee_texts(rule.channels) }},
    {{ vee_number(rule.max_kw) }},
    {{ vee_number(rule.intervals) }},
    {{ vee_number(rule.min_minutes) }},
    {{ vee_number(rule.factor) }},
    {{ vee_number(rule.history_days) }}
{% endfor %}
