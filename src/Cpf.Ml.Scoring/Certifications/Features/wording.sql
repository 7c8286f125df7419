-- Family: wording, each offer as often as it was ordered. f43 dossiers whose offer has a word that the rules forbid.
-- f42, how far offers are from the official standard, is computed from wording-texts.sql.
WITH ordered AS (SELECT certification_id, offer_id, count(*) AS n FROM recent GROUP BY ALL),
said AS (
    SELECT r.certification_id, r.n,
           regexp_matches(
               lower(strip_accents(concat_ws(' ', o.title, o.programme))), getvariable('forbidden')
           ) AS is_forbidden
    FROM ordered r JOIN offers o USING (offer_id)
)
SELECT certification_id, sum(n * is_forbidden::INT) / sum(n) AS f43, sum(n) AS n43 FROM said GROUP BY certification_id
