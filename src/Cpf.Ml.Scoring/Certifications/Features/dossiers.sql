-- What was known at the end of the day before the cut-off, and nothing of what came later. Every family reads these and no other table of dossiers.
-- Two years: a quarter is compared with the same quarter a year before.
CREATE OR REPLACE TEMP TABLE dossiers AS
SELECT p.purchase_id, o.certification_id, o.organisation_id, g.siren, p.offer_id, p.ordered_at, p.ordered_at::DATE AS day,
       coalesce(p.price, o.price)::DOUBLE AS price, p.balance::DOUBLE AS balance, o.modality, nullif(o.hours, 0) AS hours,
       CASE WHEN p.entered_on < getvariable('cutoff') THEN p.entered_on END AS entered_on,
       p.cancelled_on < getvariable('cutoff') AS is_cancelled,
       p.account_hash, p.account_created_on, p.contact_hash, p.device_hash
FROM purchases p JOIN offers o USING (offer_id) LEFT JOIN organisations g USING (organisation_id)
WHERE p.ordered_at < getvariable('cutoff') AND p.ordered_at >= getvariable('cutoff') - INTERVAL 730 DAY;

-- The last 90 days: what features are about unless they say otherwise.
CREATE OR REPLACE TEMP TABLE recent AS SELECT * FROM dossiers WHERE day >= getvariable('cutoff') - to_days(getvariable('days'));

CREATE OR REPLACE TEMP TABLE declared AS
SELECT s.*, d.certification_id, d.organisation_id, d.modality
FROM sessions s JOIN dossiers d USING (purchase_id)
WHERE s.declared_at < getvariable('cutoff') AND s.declared_at >= getvariable('cutoff') - to_days(getvariable('days'));

CREATE OR REPLACE TEMP TABLE examined AS
SELECT e.purchase_id, e.held_on, e.is_passed, e.known_on, d.certification_id,
       CASE WHEN e.transmitted_on < getvariable('cutoff') THEN e.transmitted_on END AS transmitted_on
FROM exams e JOIN dossiers d USING (purchase_id)
WHERE e.known_on < getvariable('cutoff') AND e.known_on >= getvariable('cutoff') - INTERVAL 240 DAY;

CREATE OR REPLACE TEMP TABLE on_register AS
SELECT * FROM certifications
WHERE registered_on < getvariable('cutoff') AND certification_id IN (SELECT certification_id FROM dossiers);

-- Telephones and machines that three accounts or more use, machines that an organisation uses, minutes in which an organisation declared five dossiers or more, and dossiers that were sold by right.
CREATE OR REPLACE TEMP TABLE shared_contacts AS SELECT contact_hash FROM recent WHERE contact_hash IS NOT NULL GROUP BY ALL HAVING count(DISTINCT account_hash) >= 3;

CREATE OR REPLACE TEMP TABLE shared_machines AS SELECT device_hash FROM recent WHERE device_hash IS NOT NULL GROUP BY ALL HAVING count(DISTINCT account_hash) >= 3;

CREATE OR REPLACE TEMP TABLE own_machines AS SELECT DISTINCT device_hash FROM organisations WHERE device_hash IS NOT NULL AND coalesce(created_on < getvariable('cutoff'), true);

CREATE OR REPLACE TEMP TABLE batches AS SELECT organisation_id, date_trunc('minute', declared_at) AS minute FROM declared GROUP BY ALL HAVING count(*) >= 5;

CREATE OR REPLACE TEMP TABLE rights AS
SELECT DISTINCT r.purchase_id FROM recent r JOIN habilitations h ON h.certification_id = r.certification_id AND h.organisation_id = r.organisation_id
    AND h.begins_on <= r.day AND coalesce(h.ends_on, r.day) >= r.day;
