-- Phase 1.2, pgmq: the same calls whichever way serves them

-- @check the way of pgmq is recorded
-- @expect rows = 1
SELECT way FROM extension_choices WHERE extension = 'pgmq' AND (way = 'extension') = EXISTS (SELECT FROM pg_extension WHERE extname = 'pgmq');

-- @setup
SELECT pgmq.create('check_queue');
-- @check sending gives the number of the message
-- @expect value = 1
SELECT pgmq.send('check_queue', '{"a": 1}'::jsonb);

-- @setup
SELECT pgmq.create('check_queue');
SELECT pgmq.send_batch('check_queue', ARRAY['{"n": 1}', '{"n": 2}', '{"n": 3}']::jsonb[]);
-- @check messages come in their order, so many as are asked for
-- @expect result = [{"msg_id":1,"read_ct":1,"message":{"n":1}},{"msg_id":2,"read_ct":1,"message":{"n":2}}]
SELECT msg_id, read_ct, message FROM pgmq.read('check_queue', 30, 2) ORDER BY msg_id;

-- @setup
SELECT pgmq.create('check_queue');
SELECT pgmq.send('check_queue', '{}'::jsonb);
SELECT pgmq.read('check_queue', 30, 1);
-- @check a message that is being worked on is invisible
-- @expect rows = 0
SELECT * FROM pgmq.read('check_queue', 30, 1);

-- @setup
SELECT pgmq.create('check_queue');
SELECT pgmq.send('check_queue', '{}'::jsonb);
SELECT pgmq.read('check_queue', 0, 1);
-- @check a message is visible again after its time-out
-- @expect value = 2
SELECT read_ct FROM pgmq.read('check_queue', 30, 1);

-- @setup
SELECT pgmq.create('check_queue');
SELECT pgmq.send('check_queue', '{}'::jsonb);
SELECT pgmq.read('check_queue', 30, 1);
SELECT pgmq.set_vt('check_queue', 1, 0);
-- @check the time-out can be changed
-- @expect rows = 1
SELECT * FROM pgmq.read('check_queue', 30, 1);

-- @setup
SELECT pgmq.create('check_queue');
SELECT pgmq.send('check_queue', '{}'::jsonb, 60);
-- @check a delayed message is not there yet
-- @expect rows = 0
SELECT * FROM pgmq.read('check_queue', 30, 1);

-- @setup
SELECT pgmq.create('check_queue');
SELECT pgmq.send('check_queue', '{"a": 1}'::jsonb);
SELECT pgmq.archive('check_queue', 1::bigint);
-- @check an archived message is kept apart
-- @expect result = [{"waiting":0,"kept":1}]
SELECT (SELECT count(*) FROM pgmq.q_check_queue) AS waiting, (SELECT count(*) FROM pgmq.a_check_queue) AS kept;

-- @setup
SELECT pgmq.create('check_queue');
SELECT pgmq.send('check_queue', '{}'::jsonb);
-- @check deleting tells whether there was a message
-- @expect result = [{"first":true,"second":false}]
SELECT pgmq.delete('check_queue', 1::bigint) AS first, pgmq.delete('check_queue', 77::bigint) AS second;

-- @setup
SELECT pgmq.create('check_queue');
SELECT pgmq.send_batch('check_queue', ARRAY['{"n": 1}', '{"n": 2}']::jsonb[]);
SELECT pgmq.pop('check_queue');
-- @check popping takes a message for good
-- @expect value = 1
SELECT queue_length FROM pgmq.metrics('check_queue');

-- @setup
SELECT pgmq.create('check_queue');
SELECT pgmq.send_batch('check_queue', ARRAY['{"n": 1}', '{"n": 2}']::jsonb[]);
-- @check purging empties a queue
-- @expect value = 2
SELECT pgmq.purge_queue('check_queue');

-- @setup
SELECT pgmq.create('check_queue');
SELECT pgmq.create('check_queue');
-- @check a queue is created once however often it is asked for
-- @expect value = 1
SELECT count(*) FROM pgmq.list_queues() WHERE queue_name = 'check_queue';

-- @setup
SELECT pgmq.create('check_queue');
SELECT pgmq.drop_queue('check_queue');
-- @check a dropped queue leaves nothing
-- @expect rows = 0
SELECT relname FROM pg_class WHERE relname LIKE '%check\_queue%';

-- @check a queue that does not exist takes no message
-- @expect error 42P01
SELECT pgmq.send('check_no_queue', '{}'::jsonb);

-- @check the queue table is read without blocking other readers
-- @expect value = true
SELECT pg_get_functiondef(p.oid) LIKE '%SKIP LOCKED%' FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'pgmq' AND p.proname = 'read' LIMIT 1;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
-- @check the application puts a message of its organisation into a queue
-- @expect value > 0
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900101
SELECT enqueue_message('notifications', 'check', '{"x": 1}');

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900101', true);
SELECT pgmq.create('check_queue');
SELECT enqueue_message('check_queue', 'check', '{"x": 1}');
-- @check a message carries organisation and user
-- @expect result = [{"message":{"kind":"check","organization_id":900001,"user_id":900101,"data":{"x":1}}}]
SELECT message FROM pgmq.q_check_queue;

-- @check a message without an organisation is refused
-- @expect error 42501
-- @as mes_app
-- @set app.organization_id = ''
SELECT enqueue_message('notifications', 'check', '{}');

-- @check a message for an unknown queue is refused
-- @expect error 42P01
-- @as mes_app
-- @set app.organization_id = 900001
SELECT enqueue_message('check_no_queue', 'check', '{}');

-- @check a negative delay is refused
-- @expect error 22023
-- @as mes_app
-- @set app.organization_id = 900001
SELECT enqueue_message('notifications', 'check', '{}', -1);

-- @check the application does not look into queues
-- @expect error 42501
-- @as mes_app
SELECT * FROM pgmq.q_notifications;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900101', true);
SELECT pgmq.purge_queue('notifications');
SELECT enqueue_message('notifications', 'check', '{}');
-- @check the worker takes messages
-- @expect rows = 1
-- @as mes_worker
SELECT * FROM pgmq.read('notifications', 30, 1);

-- @check the queues are gone
-- @when rolled-back
-- @expect rows = 0
SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'pgmq' AND c.relname LIKE '%notifications%'
UNION ALL
SELECT proname::text FROM pg_proc WHERE proname IN ('enqueue_message', 'create_message_queue')
UNION ALL
SELECT extension FROM extension_choices WHERE extension = 'pgmq';
