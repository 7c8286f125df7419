-- Of what was known (known.sql), the days that are looked at: what features are about unless they say otherwise. 90
-- days at most.
CREATE OR REPLACE TEMP TABLE recent AS
SELECT * FROM bought WHERE day >= getvariable('cutoff') - to_days(getvariable('days'));

CREATE OR REPLACE TEMP TABLE declared AS
SELECT * FROM declarations WHERE declared_at >= getvariable('cutoff') - to_days(getvariable('days'));

-- Telephones and machines that three accounts or more use, minutes in which an organisation declared five dossiers or
-- more, and dossiers that were sold by right.
CREATE OR REPLACE TEMP TABLE shared_contacts AS
SELECT contact_hash FROM recent WHERE contact_hash IS NOT NULL GROUP BY ALL HAVING count(DISTINCT account_hash) >= 3;

CREATE OR REPLACE TEMP TABLE shared_machines AS
SELECT device_hash FROM recent WHERE device_hash IS NOT NULL GROUP BY ALL HAVING count(DISTINCT account_hash) >= 3;

CREATE OR REPLACE TEMP TABLE batches AS
SELECT organisation_id, date_trunc('minute', declared_at) AS minute FROM declared GROUP BY ALL HAVING count(*) >= 5;

CREATE OR REPLACE TEMP TABLE rights AS
SELECT DISTINCT r.purchase_id FROM recent r
JOIN habilitations h ON h.certification_id = r.certification_id AND h.organisation_id = r.organisation_id
    AND h.begins_on <= r.day AND coalesce(h.ends_on, r.day) >= r.day;
