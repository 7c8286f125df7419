-- Family: delivery, of what was declared in the last 90 days. f33 hours of presence on the platform for each hour
-- billed; f34 dossiers with a day of more than ten hours or several at odd times; f35 declared as done in full;
-- f36 declared in the same minute as four others of the organisation or more; f50 registered for the examination, of
-- those completed.
SELECT d.certification_id,
       sum(d.hours_logged) / nullif(sum(d.hours_billed) FILTER (d.hours_logged IS NOT NULL), 0) AS f33,
       count(d.hours_logged) AS n33,
       avg((d.longest_day > 10 OR d.odd_days >= 2)::INT) AS f34, count(d.longest_day) AS n34,
       avg((d.completion >= 1)::INT) AS f35, count(*) AS n35,
       avg((d.exam_on IS NOT NULL)::INT) FILTER (d.completion >= 1) AS f50,
       count(*) FILTER (d.completion >= 1) AS n50,
       avg((b.minute IS NOT NULL)::INT) AS f36, count(DISTINCT d.organisation_id) AS n36
FROM declared d
LEFT JOIN batches b ON b.organisation_id = d.organisation_id AND b.minute = date_trunc('minute', d.declared_at)
GROUP BY d.certification_id
