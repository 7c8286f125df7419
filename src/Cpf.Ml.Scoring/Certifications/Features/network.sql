-- Family: network. f19 euros paid into bank accounts that two companies or more use; f20 euros of the largest group of
-- companies that share a manager, address, telephone or bank account; f21 euros of those linked to an excluded one;
-- f22 dossiers of sellers without habilitation on the day; f24 euros of sellers who gave more than 80 % of a year's
-- turnover to others, or gave to somebody who gave on; f47 dossiers sold after the last day of the registration;
-- f48 euros of sellers whose quality label had ended, of those where it is known. links comes from the entity graph.
WITH sellers AS (
    SELECT certification_id, pow(sum(n), 2) / sum(n * n) AS sellers
    FROM (SELECT certification_id, siren, count(*) AS n FROM recent WHERE siren IS NOT NULL GROUP BY ALL)
    GROUP BY certification_id
),
shared AS (
    SELECT iban_hash FROM bank_accounts JOIN organisations USING (organisation_id)
    WHERE begins_on < getvariable('cutoff') GROUP BY ALL HAVING count(DISTINCT siren) >= 2
),
pooled AS (
    SELECT DISTINCT organisation_id FROM bank_accounts
    WHERE iban_hash IN (SELECT iban_hash FROM shared) AND begins_on < getvariable('cutoff')
),
largest AS (
    SELECT certification_id, max(euros) AS euros FROM (
        SELECT r.certification_id, l.component, sum(r.price) AS euros FROM recent r JOIN links l USING (organisation_id)
        WHERE l.companies > 1 GROUP BY ALL) GROUP BY ALL
),
given AS ( -- of each subcontract what was known last, and what had been sold in the twelve months that it is about
    SELECT organisation_id, subcontractor_id, certification_id, arg_max(amount, known_on)::DOUBLE AS euros,
           max(known_on) AS known_on FROM subcontracting
    WHERE known_on < getvariable('cutoff') AND known_on >= getvariable('cutoff') - INTERVAL 365 DAY GROUP BY ALL
),
givers AS (SELECT organisation_id, sum(euros) AS euros, max(known_on) AS known_on FROM given GROUP BY ALL),
turnover AS (
    SELECT d.organisation_id, sum(d.price) AS euros FROM dossiers d JOIN givers g USING (organisation_id)
    WHERE d.day < g.known_on AND d.day >= g.known_on - INTERVAL 365 DAY GROUP BY ALL
),
emptied AS ( -- gives more than 80 % away, or to somebody who gives on
    SELECT g.organisation_id FROM givers g JOIN turnover t USING (organisation_id) WHERE g.euros > 0.8 * t.euros
    UNION
    SELECT g.organisation_id FROM given g
    JOIN given x ON x.organisation_id = g.subcontractor_id AND x.certification_id = g.certification_id
)
SELECT r.certification_id,
       sum(r.price * (r.organisation_id IN (SELECT organisation_id FROM pooled))::INT) / nullif(sum(r.price), 0) AS f19,
       count(*) AS n19,
       coalesce(any_value(b.euros), 0) / nullif(sum(r.price), 0) AS f20, any_value(e.sellers) AS n20,
       sum(r.price * coalesce(l.is_linked, false)::INT) / nullif(sum(r.price), 0) AS f21, count(*) AS n21,
       avg((h.purchase_id IS NULL)::INT) FILTER (r.organisation_id IS NOT NULL) AS f22, count(r.organisation_id) AS n22,
       sum(r.price * (r.organisation_id IN (SELECT organisation_id FROM emptied))::INT)
           / nullif(sum(r.price), 0) AS f24, count(*) AS n24,
       avg((r.day > c.expires_on)::INT) AS f47, count(*) AS n47,
       coalesce(sum(r.price) FILTER (g.qualiopi_until < r.day), 0)
           / nullif(sum(r.price) FILTER (g.qualiopi_until IS NOT NULL), 0) AS f48, count(g.qualiopi_until) AS n48
FROM recent r JOIN on_register c USING (certification_id) LEFT JOIN organisations g USING (organisation_id)
LEFT JOIN links l USING (organisation_id) LEFT JOIN largest b USING (certification_id)
LEFT JOIN sellers e USING (certification_id)
LEFT JOIN rights h USING (purchase_id)
GROUP BY r.certification_id
