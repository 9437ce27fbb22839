{{ published_readings(ref('stg_readings_by_meter')) }}
