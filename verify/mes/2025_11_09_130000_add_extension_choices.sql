-- Phase 1.2: the record of which extension is served which way

-- @check every choice has a reason
-- @expect rows = 0
SELECT extension FROM extension_choices WHERE reason = '' OR (way = 'extension' AND NOT EXISTS (SELECT FROM pg_extension e WHERE e.extname = extension));

-- @setup
SELECT choose_extension('check_no_such_extension', 'SELECT 1');
-- @check what the server does not offer is served natively
-- @expect result = [{"way":"native","offered_version":null,"created_extension":false,"reason":"the server does not offer it"}]
SELECT way, offered_version, created_extension, reason FROM extension_choices WHERE extension = 'check_no_such_extension';

-- @setup
SET LOCAL client_min_messages = warning;
DROP EXTENSION IF EXISTS btree_gist CASCADE;
SELECT choose_extension('btree_gist', 'SELECT 1');
-- @check what the server offers is used
-- @expect result = [{"way":"extension","created_extension":true,"there":true}]
SELECT way, created_extension, EXISTS (SELECT FROM pg_extension WHERE extname = 'btree_gist') AS there FROM extension_choices WHERE extension = 'btree_gist';

-- @setup
SET LOCAL client_min_messages = warning;
DROP EXTENSION IF EXISTS btree_gist CASCADE;
SELECT choose_extension('btree_gist', 'SELECT 1 / 0');
-- @check what is offered but does not work is served natively and leaves nothing
-- @expect result = [{"way":"native","created_extension":false,"there":false,"reason":"the server offers it, but: division by zero (22012)"}]
SELECT way, created_extension, EXISTS (SELECT FROM pg_extension WHERE extname = 'btree_gist') AS there, reason FROM extension_choices WHERE extension = 'btree_gist';

-- @setup
SET LOCAL client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS btree_gist;
SELECT choose_extension('btree_gist', 'SELECT 1');
SELECT forget_extension('btree_gist');
-- @check an extension that was there before stays after the rollback
-- @expect value = true
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'btree_gist') AND NOT EXISTS (SELECT FROM extension_choices WHERE extension = 'btree_gist');

-- @setup
SET LOCAL client_min_messages = warning;
DROP EXTENSION IF EXISTS btree_gist CASCADE;
SELECT choose_extension('btree_gist', 'SELECT 1');
SELECT forget_extension('btree_gist');
-- @check an extension that was created goes with the rollback
-- @expect value = false
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'btree_gist');

-- @check a way that was never chosen is an error
-- @expect error P0002
SELECT extension_way('check_no_such_extension');

-- @check the application chooses no extension
-- @expect error 42501
-- @as mes_app
SELECT choose_extension('btree_gist', 'SELECT 1');

-- @check the application reads the choices
-- @expect rows >= 0
-- @as mes_app
SELECT extension, way FROM extension_choices;

-- @check the record of choices is gone
-- @when rolled-back
-- @expect rows = 0
SELECT relname::text FROM pg_class WHERE relname = 'extension_choices'
UNION ALL
SELECT proname::text FROM pg_proc WHERE proname IN ('choose_extension', 'extension_way', 'forget_extension');
