-- The macro flow_direction on channels whose answer is known.
with channels (channel, expected_direction) as (

    values
    ('E1', 'consumption'),
    ('e2', 'consumption'),
    ('B1', 'production'),
    ('Q1', 'unknown'),
    ('C1', 'unknown'),
    ('1-1:1.29.0', 'consumption'),
    ('1-0:1.8.0*255', 'consumption'),
    ('1.8.0', 'consumption'),
    ('1-1:2.29.0', 'production'),
    ('2.8.0', 'production'),
    ('1.8', 'consumption'),
    ('1-1:1.8.1', 'unknown'),
    ('1-0:1.8.2*255', 'unknown'),
    ('2.8.1', 'unknown'),
    ('1-1:3.29.0', 'unknown'),
    ('1-1:12.29.0', 'unknown'),
    ('7-1:1.29.0', 'unknown'),
    ('import', 'consumption'),
    ('Export', 'production'),
    ('production', 'production'),
    ('E', 'unknown'),
    ('', 'unknown')

),

computed as (

    select
        channel,
        expected_direction,
        {{ flow_direction('channel') }} as computed_direction
    from channels

)

select
    channel,
    expected_direction,
    computed_direction
from computed
where computed_direction <> expected_direction
