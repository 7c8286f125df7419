-- What the platform sells of each certification in the twelve months before a day: dossiers, prices, hours, what people
-- paid themselves, who sells and from where, examinations.
WITH bought AS (
    SELECT o.certification_id, p.purchase_id, coalesce(p.price, o.price)::DOUBLE AS price, o.hours,
           greatest(0, coalesce(p.price, o.price) - p.balance - coalesce(p.top_up, 0))::DOUBLE AS remaining
    FROM purchases p JOIN offers o USING (offer_id)
    WHERE p.state = 'validated' AND p.ordered_at >= $day - INTERVAL 12 MONTH AND p.ordered_at < $day
),
dossiers AS (
    SELECT certification_id, count(*) AS dossiers,
           quantile_cont(price, 0.25) AS low, median(price) AS middle, quantile_cont(price, 0.75) AS high,
           median(hours) AS hours, median(remaining) AS remaining
    FROM bought GROUP BY ALL
),
offered AS (
    SELECT certification_id, count(*) AS offers, count(*) FILTER (WHERE modality = 'remote') / count(*) AS remote,
           count(DISTINCT organisation_id) AS organisations
    FROM offers WHERE opened_on < $day AND (closed_on IS NULL OR closed_on >= $day) GROUP BY ALL
),
places AS (
    SELECT certification_id,
           list(DISTINCT g.organisation_id || '|' || g.department
               ORDER BY g.organisation_id || '|' || g.department) AS places
    FROM offers o JOIN organisations g USING (organisation_id)
    WHERE g.department IS NOT NULL AND opened_on < $day AND (closed_on IS NULL OR closed_on >= $day) GROUP BY ALL
),
examined AS (
    SELECT b.certification_id, count(*) FILTER (WHERE e.held_on IS NOT NULL) AS presented,
           count(*) FILTER (WHERE e.is_passed) AS passed
    FROM bought b JOIN exams e USING (purchase_id) WHERE e.known_on < $day GROUP BY ALL
)
SELECT certification_id, coalesce(dossiers, 0), low, middle, high, hours, remaining, coalesce(offers, 0),
       coalesce(remote, 0), coalesce(organisations, 0), coalesce(presented, 0), coalesce(passed, 0),
       coalesce(array_to_string(places, ' '), '')
FROM offered FULL JOIN dossiers USING (certification_id)
LEFT JOIN places USING (certification_id) LEFT JOIN examined USING (certification_id)
ORDER BY certification_id
