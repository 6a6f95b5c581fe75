-- Functions of Snowflake's that rule packs' queries call, in DuckDB. A value out of JSON is its text,
-- and a list is one of DuckDB's or text that is a JSON array.
CREATE MACRO json_member(value, path) AS json_extract_string(TRY_CAST(value AS JSON), path);
CREATE MACRO json_texts(list) AS TRY_CAST(TRY_CAST(list AS JSON) AS VARCHAR[]);
CREATE MACRO parse_json(text) AS TRY_CAST(text AS JSON);
CREATE MACRO flatten(input, "outer" := false) AS TABLE
    SELECT unnest(coalesce(nullif(json_texts(input), []), CASE WHEN "outer" THEN [NULL] END)) AS value;

CREATE MACRO array_contains(value, list) AS list_contains(json_texts(list), CAST(value AS VARCHAR));
CREATE MACRO array_size(list) AS list_count(json_texts(list));
CREATE MACRO array_compact(list) AS list_filter(json_texts(list), lambda x: x IS NOT NULL);
CREATE MACRO array_to_string(list, separator) AS list_aggregate(json_texts(list), 'string_agg', separator);
CREATE MACRO array_slice(list, first, past) AS list_slice(json_texts(list), first + 1, past);
CREATE MACRO array_intersection(a, b) AS list_intersect(json_texts(a), json_texts(b));
CREATE MACRO array_except(a, b) AS list_filter(json_texts(a), lambda x: NOT list_contains(json_texts(b), x));
CREATE MACRO arrays_overlap(a, b) AS list_has_any(json_texts(a), json_texts(b));
CREATE MACRO array_unique_agg(value) AS list(DISTINCT value) FILTER (value IS NOT NULL);

CREATE MACRO p_current_timestamp() AS now();
CREATE MACRO dateadd(unit, number, start) AS start + CAST(concat(number, ' ', unit) AS INTERVAL);
CREATE MACRO timeadd(unit, number, start) AS dateadd(unit, number, start);
CREATE MACRO timestampadd(unit, number, start) AS dateadd(unit, number, start);
CREATE MACRO timediff(unit, first, last) AS date_diff(unit, first, last);
CREATE MACRO timestampdiff(unit, first, last) AS date_diff(unit, first, last);
CREATE MACRO time_slice(start, number, unit) AS time_bucket(CAST(concat(number, ' ', unit) AS INTERVAL), start);

CREATE MACRO iff(condition, yes, no) AS CASE WHEN condition THEN yes ELSE no END;
CREATE MACRO regexp_substr(text, pattern) AS nullif(regexp_extract(text, pattern), '');
