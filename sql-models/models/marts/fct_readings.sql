{{ published_readings(ref('stg_meter_readings')) }}
