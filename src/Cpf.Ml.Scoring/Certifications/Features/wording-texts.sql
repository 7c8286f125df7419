-- Texts of the offers that were ordered, with their certification's own words.
WITH ordered AS (SELECT certification_id, offer_id, count(*) AS n FROM recent GROUP BY ALL)
SELECT r.certification_id, concat_ws(' ', o.title, o.programme) AS offer,
       concat_ws(' ', c.title, c.standard) AS standard, sum(r.n)::BIGINT AS n
FROM ordered r JOIN offers o USING (offer_id) JOIN on_register c ON c.certification_id = r.certification_id
GROUP BY ALL ORDER BY ALL
