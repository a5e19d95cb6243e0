-- The names and columns of netsuite.md §6.1. Tables that begin with ns_ are the simulation's own.
CREATE TABLE IF NOT EXISTS "transaction" (
  id INTEGER PRIMARY KEY, tranid TEXT, trandisplayname TEXT, externalid TEXT, type TEXT, recordtype TEXT, status TEXT,
  trandate TEXT, entity INTEGER, currency INTEGER, exchangerate NUMERIC, foreigntotal NUMERIC, total NUMERIC,
  foreignamountpaid NUMERIC, foreignamountunpaid NUMERIC, foreignpaymentamountused NUMERIC,
  foreignpaymentamountunused NUMERIC, otherrefnum TEXT, memo TEXT, email TEXT, customform INTEGER, shipmethod INTEGER,
  paymentmethod INTEGER, postingperiod INTEGER, posting TEXT, voided TEXT, createddate TEXT, lastmodifieddate TEXT,
  shipdate TEXT, actualshipdate TEXT, duedate TEXT, reversaldate TEXT, isreversal TEXT, source TEXT);
CREATE INDEX IF NOT EXISTS ns_tran_external ON "transaction" (externalid);
CREATE INDEX IF NOT EXISTS ns_tran_other ON "transaction" (otherrefnum);
CREATE TABLE IF NOT EXISTS transactionline (
  "transaction" INTEGER, id INTEGER, linesequencenumber INTEGER, uniquekey INTEGER, item INTEGER, itemtype TEXT,
  quantity NUMERIC, rate NUMERIC, foreignamount NUMERIC, netamount NUMERIC, mainline TEXT, taxline TEXT, iscogs TEXT,
  isclosed TEXT, kitcomponent TEXT, entity INTEGER, location INTEGER, department INTEGER, class INTEGER,
  subsidiary INTEGER, createdfrom INTEGER, expenseaccount INTEGER, memo TEXT, quantityshiprecv NUMERIC,
  quantitybilled NUMERIC, quantitybackordered NUMERIC);
CREATE INDEX IF NOT EXISTS ns_line_tran ON transactionline ("transaction");
CREATE INDEX IF NOT EXISTS ns_line_from ON transactionline (createdfrom);
CREATE TABLE IF NOT EXISTS transactionaccountingline (
  "transaction" INTEGER, transactionline INTEGER, accountingbook INTEGER, account INTEGER, amount NUMERIC,
  debit NUMERIC, credit NUMERIC, posting TEXT);
CREATE INDEX IF NOT EXISTS ns_ledger_tran ON transactionaccountingline ("transaction");
CREATE INDEX IF NOT EXISTS ns_ledger_account ON transactionaccountingline (account);
CREATE VIEW IF NOT EXISTS nexttransactionlinelink AS
  SELECT previous_doc AS previousdoc, previous_line AS previousline, next_doc AS nextdoc, next_line AS nextline,
    kind AS linktype, CAST(quantity AS NUMERIC) AS quantity, NULL AS foreignamount FROM ns_link
  UNION ALL
  SELECT doc, 0, applying, 0, 'Payment', NULL, CAST(amount AS NUMERIC) FROM ns_application;
CREATE VIEW IF NOT EXISTS previoustransactionlinelink AS SELECT * FROM nexttransactionlinelink;
CREATE TABLE IF NOT EXISTS item (
  id INTEGER PRIMARY KEY, itemid TEXT, fullname TEXT, externalid TEXT, displayname TEXT, description TEXT,
  itemtype TEXT, isinactive TEXT, upccode TEXT, mpn TEXT, saleunit INTEGER, weight NUMERIC, parent INTEGER,
  matrixtype TEXT, class INTEGER, averagecost NUMERIC,
  incomeaccount INTEGER, manufacturer TEXT, countryofmanufacture TEXT, createddate TEXT, lastmodifieddate TEXT);
CREATE TABLE IF NOT EXISTS itemmember (
  parentitem INTEGER, item INTEGER, quantity NUMERIC, linenumber INTEGER, memberunit INTEGER, effectivedate TEXT,
  obsoletedate TEXT);
CREATE TABLE IF NOT EXISTS ns_movement (doc INTEGER, item INTEGER, location INTEGER, quantity NUMERIC);
CREATE INDEX IF NOT EXISTS ns_movement_doc ON ns_movement (doc);
CREATE INDEX IF NOT EXISTS ns_movement_item ON ns_movement (item, location);
-- What open orders hold back, kits taken apart.
CREATE TABLE IF NOT EXISTS ns_demand (doc INTEGER, item INTEGER, location INTEGER, quantity NUMERIC);
CREATE INDEX IF NOT EXISTS ns_demand_doc ON ns_demand (doc);
CREATE INDEX IF NOT EXISTS ns_demand_item ON ns_demand (item, location);
-- Both together, worked out anew whenever one of them changes.
CREATE TABLE IF NOT EXISTS ns_stock (
  item INTEGER, location INTEGER, onhand NUMERIC, available NUMERIC, committed NUMERIC, backordered NUMERIC,
  changed TEXT, shown TEXT, PRIMARY KEY (item, location)) WITHOUT ROWID;
DROP VIEW IF EXISTS aggregateitemlocation;
DROP VIEW IF EXISTS inventoryitemlocations;
CREATE VIEW inventoryitemlocations AS
  SELECT item, location, onhand AS quantityonhand, available AS quantityavailable, committed AS quantitycommitted,
    backordered AS quantitybackordered, 0 AS quantityonorder, 0 AS quantityintransit, NULL AS reorderpoint,
    shown AS lastquantityavailablechange
  FROM ns_stock;
CREATE VIEW aggregateitemlocation AS
  SELECT item, location, quantityonhand, quantityavailable, reorderpoint, lastquantityavailablechange
  FROM inventoryitemlocations;
CREATE TABLE IF NOT EXISTS itemfulfillmentpackage (
  id INTEGER, itemfulfillment INTEGER, packagetrackingnumber TEXT, packagedescr TEXT, packageweight NUMERIC);
CREATE INDEX IF NOT EXISTS ns_member_kit ON itemmember (parentitem);
CREATE TABLE IF NOT EXISTS pricing (
  item INTEGER, pricelevel INTEGER, currency INTEGER, quantity NUMERIC, priceqty NUMERIC, saleunit INTEGER,
  unitprice NUMERIC);
CREATE TABLE IF NOT EXISTS itemprice (item INTEGER, pricelevel INTEGER, pricelevelname TEXT, price NUMERIC);
CREATE INDEX IF NOT EXISTS ns_pricing_item ON pricing (item);
CREATE INDEX IF NOT EXISTS ns_itemprice_item ON itemprice (item);
CREATE TABLE IF NOT EXISTS pricelevel (id INTEGER PRIMARY KEY, name TEXT, isinactive TEXT);
CREATE TABLE IF NOT EXISTS customer (
  id INTEGER PRIMARY KEY, entityid TEXT, externalid TEXT, isperson TEXT, firstname TEXT, lastname TEXT,
  companyname TEXT, email TEXT, phone TEXT, currency INTEGER, isinactive TEXT, datecreated TEXT, lastmodifieddate TEXT);
CREATE INDEX IF NOT EXISTS ns_customer_name ON customer (entityid COLLATE NOCASE);
CREATE TABLE IF NOT EXISTS customersubsidiaryrelationship (
  id INTEGER, entity INTEGER, subsidiary INTEGER, isprimarysub TEXT);
CREATE TABLE IF NOT EXISTS customeraddressbook (
  internalid INTEGER, entity INTEGER, addressbookaddress INTEGER, label TEXT, defaultbilling TEXT, defaultshipping TEXT);
CREATE TABLE IF NOT EXISTS customeraddressbookentityaddress (
  nkey INTEGER, addressee TEXT, attention TEXT, addr1 TEXT, addr2 TEXT, addr3 TEXT, city TEXT, state TEXT, zip TEXT,
  country TEXT, addrphone TEXT);
CREATE TABLE IF NOT EXISTS vendor (
  id INTEGER PRIMARY KEY, entityid TEXT, altname TEXT, companyname TEXT, currency INTEGER, isinactive TEXT);
CREATE TABLE IF NOT EXISTS location (id INTEGER PRIMARY KEY, name TEXT, fullname TEXT, isinactive TEXT);
CREATE TABLE IF NOT EXISTS department (id INTEGER PRIMARY KEY, name TEXT, fullname TEXT, isinactive TEXT);
CREATE TABLE IF NOT EXISTS classification (id INTEGER PRIMARY KEY, name TEXT, fullname TEXT, isinactive TEXT);
CREATE TABLE IF NOT EXISTS subsidiary (
  id INTEGER PRIMARY KEY, name TEXT, fullname TEXT, country TEXT, currency INTEGER, iselimination TEXT, isinactive TEXT);
CREATE TABLE IF NOT EXISTS currency (
  id INTEGER PRIMARY KEY, name TEXT, symbol TEXT, exchangerate NUMERIC, currencyprecision INTEGER,
  isbasecurrency TEXT, isinactive TEXT);
CREATE TABLE IF NOT EXISTS account (
  id INTEGER PRIMARY KEY, acctnumber TEXT, acctname TEXT, accountsearchdisplayname TEXT,
  accountsearchdisplaynamecopy TEXT, fullname TEXT, accttype TEXT, currency INTEGER, isinactive TEXT);
CREATE TABLE IF NOT EXISTS shipitem (id INTEGER PRIMARY KEY, itemid TEXT, isinactive TEXT);
CREATE TABLE IF NOT EXISTS paymentmethod (id INTEGER PRIMARY KEY, name TEXT, isinactive TEXT);
CREATE TABLE IF NOT EXISTS term (id INTEGER PRIMARY KEY, name TEXT, isinactive TEXT);
CREATE TABLE IF NOT EXISTS salestaxitem (id INTEGER PRIMARY KEY, name TEXT, isinactive TEXT);
CREATE TABLE IF NOT EXISTS customercategory (id INTEGER PRIMARY KEY, name TEXT, isinactive TEXT);
CREATE TABLE IF NOT EXISTS accountingperiod (
  id INTEGER PRIMARY KEY, periodname TEXT, startdate TEXT, enddate TEXT, closed TEXT, arlocked TEXT, aplocked TEXT,
  alllocked TEXT, isposting TEXT, isyear TEXT, isquarter TEXT, isadjust TEXT);
CREATE TABLE IF NOT EXISTS deletedrecord (recordtypeid TEXT, recordid INTEGER, name TEXT, deleteddate TEXT);
CREATE TABLE IF NOT EXISTS dual (dummy TEXT);
INSERT INTO dual SELECT 'X' WHERE NOT EXISTS (SELECT 1 FROM dual);
