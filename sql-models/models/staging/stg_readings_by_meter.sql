{{ staged_readings(source('lake', 'readings_by_meter')) }}
