{{ staged_readings(source('lake', 'meter_readings')) }}
