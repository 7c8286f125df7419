-- Dossiers of a certification in each of the last eight quarters of 91 days; 0 is the last one.
SELECT certification_id, (date_diff('day', day, getvariable('cutoff')) - 1) // 91 AS quarter, count(*) AS n
FROM dossiers WHERE day >= getvariable('cutoff') - INTERVAL 728 DAY GROUP BY ALL ORDER BY ALL
