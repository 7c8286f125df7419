-- Family: exam. f37 presented of those who finished, in the last 90 days; f38 passed of those presented, which a
-- binomial test compares with comparable ones; f45 passed of those who finished, so that both presenting everybody and
-- passing everybody count; f39 given to the national system within three months, of results known three to eight months
-- ago.
SELECT certification_id,
       avg((held_on IS NOT NULL)::INT) FILTER (known_on >= getvariable('cutoff') - to_days(getvariable('days'))) AS f37,
       count(*) FILTER (known_on >= getvariable('cutoff') - to_days(getvariable('days'))) AS n37,
       avg(is_passed::INT) FILTER (known_on >= getvariable('cutoff') - to_days(getvariable('days'))) AS f38,
       count(is_passed) FILTER (known_on >= getvariable('cutoff') - to_days(getvariable('days'))) AS n38,
       avg(coalesce(is_passed, false)::INT)
           FILTER (known_on >= getvariable('cutoff') - to_days(getvariable('days'))) AS f45,
       count(*) FILTER (known_on >= getvariable('cutoff') - to_days(getvariable('days'))) AS n45,
       avg(coalesce(transmitted_on <= known_on + INTERVAL 92 DAY, false)::INT)
           FILTER (known_on < getvariable('cutoff') - INTERVAL 92 DAY) AS f39,
       count(*) FILTER (known_on < getvariable('cutoff') - INTERVAL 92 DAY) AS n39
FROM examined GROUP BY certification_id
