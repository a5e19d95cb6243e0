//! The connectors against the simulated services, which share nothing with them (decision 12): what one says, the other
//! understands, both ways.
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use amazon::document::decode;
use amazon::orders::{Charge, Include, Search, Since};
use amazon::reports::{Document, Download, Get as GetReport, List};
use amazon::sellers::Participations;
use amazon::{Addresses, Documents, Region, SellingPartner};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::ExternalId;
use engine::edge::{SeededChance, VirtualClock};
use netsuite::queries::{self, ItemKey};
use netsuite::records::{Probe, Read};
use netsuite::sale::OrderStatus;
use netsuite::{
    Account, Apply, CashRefund, CashSale, CreditMemo, Customer, CustomerPayment, CustomerRefund, Invoice, ItemFulfilment,
    JournalEntry, JournalLine, NetSuite, RecordId, RecordType, Refusal, Sale, SaleLine, SalesOrder, Target, Write,
};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use simulator::{Company, Latency, Options, Simulator};
use wire::{Cancel, Clock, Exchange, Failure, Line, ReadLine, perform};

const SEED: u64 = 7;

struct Bench {
    simulator: Simulator,
    clock: Arc<VirtualClock>,
    credentials: Value,
}

fn bench(company: Company, latency: Latency) -> Bench {
    let clock = Arc::new(VirtualClock::starting("2026-11-23T09:00:00Z".parse().unwrap()));
    let options = Options { latency, ..Options::new(SEED, company, clock.clone()) };
    let simulator = Simulator::open(options).unwrap();
    let credentials = simulator.credentials();
    Bench { simulator, clock, credentials }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

impl Bench {
    fn line<S: wire::Service>(&self, service: S) -> Line<S> {
        let chance = Arc::new(SeededChance::new(SEED));
        Line::new(service, self.simulator.transport(), self.clock.clone(), chance, 5)
    }

    fn amazon(&self, region: Region) -> Line<SellingPartner> {
        let known = &self.credentials["amazon"];
        let credentials = amazon::Credentials {
            client_id: text(&known["client_id"]),
            client_secret: text(&known["client_secret"]).into(),
            refresh_token: text(&known["refresh_tokens"][region.as_str()]).into(),
        };
        self.line(SellingPartner::new(Addresses::of(region), credentials))
    }

    fn netsuite(&self) -> Line<NetSuite> {
        let known = &self.credentials["netsuite"]["oauth2"];
        let credentials = netsuite::Credentials::Certificate {
            client_id: text(&known["client_id"]),
            certificate_id: text(&known["certificate_id"]),
            private_key: text(&known["private_key_pem"]).into(),
        };
        self.line(NetSuite::new(Account::new(&text(&self.credentials["netsuite"]["account"])), credentials))
    }

    fn token_based(&self) -> Line<NetSuite> {
        let known = &self.credentials["netsuite"]["tba"];
        let credentials = netsuite::Credentials::TokenBased {
            consumer_key: text(&known["consumer_key"]),
            consumer_secret: text(&known["consumer_secret"]).into(),
            token_id: text(&known["token_id"]),
            token_secret: text(&known["token_secret"]).into(),
        };
        self.line(NetSuite::new(Account::new(&text(&self.credentials["netsuite"]["account"])), credentials))
    }

    fn role(&self, role: &str) -> RecordId {
        let books = self.simulator.opening_books();
        RecordId(books.role(role).unwrap_or_else(|| panic!("{role}: {:?}", books.roles)).to_string())
    }
}

/// All marketplaces in which the account sells, as the account itself says.
async fn everything(line: &Line<SellingPartner>, after: DateTime<Utc>, before: DateTime<Utc>) -> Search {
    let participations = perform(line, &Participations).await.unwrap();
    let ours = participations.into_iter().filter(|one| one.participates);
    Search::updated(ours.map(|one| one.marketplace_id).collect(), after, Some(before))
}

#[tokio::test(start_paused = true)]
async fn every_demo_order_is_read_and_its_amounts_add_up() {
    let bench = bench(Company::Demo, Latency::NONE);
    let now = bench.clock.now();
    let mut read = 0;
    for region in Region::ALL {
        let line = bench.amazon(region);
        let mut search = everything(&line, now - TimeDelta::days(40), now - TimeDelta::minutes(3)).await;
        loop {
            let page = perform(&line, &search).await.unwrap();
            assert_eq!(page.unreadable, [], "every order of the demo company can be read");
            for order in &page.orders {
                read += 1;
                check_sum(order);
            }
            match page.next {
                Some(token) => search.page = Some(token),
                None => {
                    assert!(page.read_until.is_some());
                    break;
                }
            }
        }
    }
    assert!(read > 300, "{read} orders");
    assert!(bench.clock.now() - now < TimeDelta::minutes(1), "all within the burst");
}

/// Charges minus discounts, plus the tax where it comes on top, are what the buyer pays.
fn check_sum(order: &amazon::Order) {
    let Some(total) = order.grand_total else { return };
    let mut sum = Decimal::ZERO;
    let mut tax = Decimal::ZERO;
    for item in &order.items {
        for kind in [Charge::Item, Charge::Shipping, Charge::GiftWrap, Charge::CodFee, Charge::OtherCharge] {
            sum += item.charge(&kind).unwrap().map_or(Decimal::ZERO, |money| money.amount);
        }
        sum -= item.discount().unwrap().map_or(Decimal::ZERO, |money| money.amount);
        tax += item.tax().unwrap().map_or(Decimal::ZERO, |money| money.amount);
    }
    assert!(total.amount == sum || total.amount == sum + tax, "{}: {total} is not {sum} (+ {tax})", order.id);
}

#[tokio::test(start_paused = true)]
async fn p1_the_bucket_is_never_overdrawn() {
    let bench = bench(Company::Empty, Latency::BENCH);
    let line = bench.amazon(Region::Na);
    let began = bench.clock.now();
    let template = everything(&line, began, began).await;
    for _ in 0..25 {
        let now = bench.clock.now();
        let search = Search {
            since: Since::Created { after: began - TimeDelta::days(1), before: Some(now - TimeDelta::minutes(3)) },
            include: Include::WithoutRestricted,
            ..template.clone()
        };
        let outcome = line.exchange(wire::Call::request(&search), <Search as wire::Call>::QUOTA, true).await;
        assert!(outcome.is_ok(), "no 429 of our own making: {outcome:?}");
    }
    let waited = (bench.clock.now() - began).num_seconds();
    assert!((5 * 178..5 * 178 + 60).contains(&waited), "25 calls, 20 in the burst: {waited} s");
}

#[tokio::test(start_paused = true)]
async fn settlement_documents_arrive_whole() {
    let bench = bench(Company::Demo, Latency::NONE);
    let documents = bench.line(Documents::new());
    let mut found = 0;
    for region in Region::ALL {
        let line = bench.amazon(region);
        let mut next = Some(List::settlements(None));
        while let Some(list) = next {
            let page = perform(&line, &list).await.unwrap();
            next = page.next_token.map(List::Next);
            for report in page.reports {
                let report = perform(&line, &GetReport { report_id: report.report_id }).await.unwrap();
                let document_id = report.report_document_id.unwrap();
                let location = perform(&line, &Document { document_id }).await.unwrap();
                let raw = perform(&documents, &Download { location: location.clone() }).await.unwrap();
                let text = decode(&raw.plain().unwrap(), raw.content_type.as_deref(), region);
                assert!(text.text.starts_with("settlement-id\t") && !text.replaced);
                found += 1;

                bench.clock.sleep(Duration::from_secs(301)).await;
                let late = perform(&documents, &Download { location }).await;
                assert!(matches!(late, Err(Failure::Refused { status: 403, .. })), "the address has run out");
            }
        }
    }
    assert!(found >= 3, "{found}");
}

#[tokio::test(start_paused = true)]
async fn both_ways_of_signing_in_to_netsuite_are_accepted_and_tokens_are_renewed() {
    let bench = bench(Company::Empty, Latency::NONE);
    for line in [bench.netsuite(), bench.token_based()] {
        let now = perform(&line, &netsuite::system::ServerTime).await.unwrap();
        assert_eq!(now, bench.clock.now());
        perform(&line, &queries::local_time()).await.unwrap();
        bench.clock.sleep(Duration::from_secs(4_000)).await;
        perform(&line, &netsuite::system::ServerTime).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn every_question_is_understood() {
    let bench = bench(Company::Demo, Latency::NONE);
    let line = bench.netsuite();
    let reads = ReadLine::new(&line);
    let accounts = reads.call(&queries::accounts()).await.unwrap().rows;
    assert!(accounts.iter().any(|account| account.kind == "Bank" && !account.name.is_empty()));
    assert!(reads.call(&queries::periods()).await.unwrap().rows.len() > 2);
    assert!(reads.call(&queries::currencies()).await.unwrap().rows.iter().flatten().count() >= 4);
    for list in [
        queries::List::Locations,
        queries::List::Subsidiaries,
        queries::List::Departments,
        queries::List::Classes,
        queries::List::ShipMethods,
        queries::List::PaymentMethods,
        queries::List::PriceLevels,
    ] {
        let rows = reads.call(&queries::choices(list)).await.unwrap().rows;
        assert!(rows.iter().all(|row| !row.name.is_empty()), "{list:?}");
    }
    assert_eq!(reads.call(&queries::foreign_external_ids()).await.unwrap().rows.len(), 1);

    let books = bench.simulator.opening_books();
    let item = books.items.iter().find(|item| !item.inactive).unwrap();
    let skus = [item.name.to_lowercase(), "NO-SUCH".to_owned()];
    let items = netsuite::suiteql::all(&reads, queries::items(ItemKey::Name, &skus)).await.unwrap();
    assert_eq!((items.len(), items[0].id.0.as_str()), (1, item.id.to_string().as_str()));
    for key in [ItemKey::Upc, ItemKey::ExternalId] {
        netsuite::suiteql::all(&reads, queries::items(key, &skus)).await.unwrap();
    }
    let by_id = netsuite::suiteql::all(&reads, queries::items_by_id(&[items[0].id.clone()])).await.unwrap();
    assert_eq!(by_id, items);

    let orders: Vec<String> = books.transactions.iter().filter_map(|one| one.other_ref_num.clone()).collect();
    assert!(!orders.is_empty());
    let known = netsuite::suiteql::all(&reads, queries::by_order_number(&orders)).await.unwrap();
    let invoice = known.iter().find(|one| one.record == Some(RecordType::Invoice) && !one.open.is_zero()).unwrap();
    assert!(invoice.open <= invoice.total && invoice.customer.is_some() && invoice.currency.is_some());
    let lines = netsuite::suiteql::all(&reads, queries::lines_of(&[invoice.id.clone()])).await.unwrap();
    assert_eq!(lines.iter().map(|line| line.amount).sum::<Decimal>(), invoice.total, "printed sides");
    netsuite::suiteql::all(&reads, queries::made_from(&[invoice.id.clone()])).await.unwrap();

    let names = [books.customers[0].name.clone()];
    let customers = netsuite::suiteql::all(&reads, queries::customers_by_name(&names)).await.unwrap();
    assert_eq!(customers.len(), 1);
    let nobody = [ExternalId::customer("nobody")];
    assert!(netsuite::suiteql::all(&reads, queries::customers_by_external_id(&nobody)).await.unwrap().is_empty());
    let mail = ["Nobody@example.com".to_owned()];
    assert!(netsuite::suiteql::all(&reads, queries::customers_by_email(&mail)).await.unwrap().is_empty());
    reads.call(&queries::postings(&accounts[0].id, "Amazon settlement")).await.unwrap();
    let wrong: queries_misspelt::Wrong = queries_misspelt::query();
    let refused = reads.call(&wrong).await.map(|_| ()).unwrap_err();
    assert_eq!(netsuite::refusal(&refused), Some(Refusal::BadQuery), "{refused:?}");
}

mod queries_misspelt {
    pub type Wrong = netsuite::Query<()>;
    pub fn query() -> Wrong {
        netsuite::Query::new("SELECT no_such_column FROM transaction", Vec::new(), |_| Ok(()))
    }
}

/// A company in which records are written one after the other, by name.
struct Desk {
    bench: Bench,
    line: Line<NetSuite>,
    ids: HashMap<ExternalId, RecordId>,
}

impl Desk {
    fn open() -> Self {
        let bench = bench(Company::Demo, Latency::NONE);
        let line = bench.netsuite();
        Self { bench, line, ids: HashMap::new() }
    }

    async fn write(&mut self, write: &Write) -> Result<RecordId, Failure> {
        let call = write.call(&|name| self.ids.get(name).cloned()).unwrap();
        let written = perform(&self.line, &call).await?;
        if let Some((_, name)) = write.creates() {
            self.ids.insert(name.clone(), written.id.clone());
        }
        Ok(written.id)
    }

    async fn read(&self, record: RecordType, id: RecordId) -> netsuite::Record {
        perform(&self.line, &Read::id(record, id)).await.unwrap()
    }

    fn currency(&self, code: &str) -> RecordId {
        let books = self.bench.simulator.opening_books();
        RecordId(books.currencies.iter().find(|one| one.code == code).unwrap().id.to_string())
    }

    fn sku(&self, nth: usize) -> RecordId {
        let items = &self.bench.simulator.opening_books().items;
        let sold = items.iter().filter(|item| !item.inactive && item.kind == simulator::books::ItemKind::Inventory);
        RecordId(sold.map(|item| item.id).nth(nth).unwrap().to_string())
    }

    async fn customer(&mut self) -> Target {
        let name = ExternalId::customer("buyer-1");
        let subsidiary = self.bench.simulator.opening_books().subsidiaries[0].id.to_string();
        let customer = Customer {
            external_id: name.clone(),
            entity_id: Some("Amazon buyer 1".into()),
            name: netsuite::customer::Name::Person { first: "Ada".into(), last: "Buyer".into() },
            email: Some("relay@marketplace.amazon.com".into()),
            phone: None,
            subsidiary: Some(RecordId(subsidiary)),
            currency: Some(self.currency("USD")),
            currencies: Vec::new(),
            more: Vec::new(),
        };
        self.write(&customer.create()).await.unwrap();
        Target::Named(name)
    }

    fn sale(&self, external_id: ExternalId, customer: Target) -> Sale {
        let location = RecordId(self.bench.simulator.opening_books().locations[0].id.to_string());
        Sale {
            other_ref_num: Some("028-9999999-0000001".into()),
            currency: Some(self.currency("USD")),
            location: Some(location),
            memo: Some("Amazon 028-9999999-0000001".into()),
            ship_to: Some(netsuite::Address {
                addressee: Some("Ada Buyer".into()),
                lines: vec!["1 Main St".into()],
                city: Some("Austin".into()),
                country: Some("US".into()),
                ..Default::default()
            }),
            // Three for 10.00: the rate does not divide, the amount must stand all the same (CMN-08).
            lines: vec![
                SaleLine::new(self.sku(0), Decimal::from(3), Decimal::new(1000, 2)).described("3 for 10.00"),
                SaleLine::new(self.sku(1), Decimal::ONE, Decimal::new(1999, 2)),
            ],
            ..Sale::new(external_id, customer, day("2026-11-20"))
        }
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn total() -> Decimal {
    Decimal::new(2999, 2)
}

#[tokio::test(start_paused = true)]
async fn cmn_08_cmn_14_an_order_is_written_exactly_and_once() {
    let mut desk = Desk::open();
    let customer = desk.customer().await;
    let name = ExternalId::sales_order("028-9999999-0000001");
    let order = SalesOrder { sale: desk.sale(name.clone(), customer), status: OrderStatus::PendingFulfilment }.create();

    let Probe::Exists(probe) = order.probe(&|_| None).unwrap() else { panic!("a create is probed by its name") };
    assert!(netsuite::absent(&perform(&desk.line, &probe).await.unwrap_err()), "not there before");
    let id = desk.write(&order).await.unwrap();
    assert_eq!(perform(&desk.line, &probe).await.unwrap().id, id, "there afterwards");

    let record = desk.read(RecordType::SalesOrder, id.clone()).await;
    assert_eq!((record.total(), record.status().as_deref()), (Some(total()), Some("B")));
    assert_eq!(record.external_id(), Some(name.as_str()));
    assert_eq!(record.lines("item").len(), 2);

    let again = desk.write(&order).await.unwrap_err();
    assert_eq!(netsuite::refusal(&again), Some(Refusal::AlreadyExists), "{again:?}");

    let location = RecordId(desk.bench.simulator.opening_books().locations[0].id.to_string());
    let fulfilment = ItemFulfilment {
        external_id: ExternalId::fulfilment("028-9999999-0000001", 1),
        order: Target::Named(name.clone()),
        location,
        date: day("2026-11-21"),
        lines: Vec::new(),
        packages: vec![netsuite::fulfilment::Parcel { tracking: "1Z999".into(), description: None }],
        memo: None,
        more: Vec::new(),
    };
    desk.write(&fulfilment.transform()).await.unwrap();
    let record = desk.read(RecordType::SalesOrder, id.clone()).await;
    assert_eq!(record.status().as_deref(), Some("F"), "pending billing");

    let reads = ReadLine::new(&desk.line);
    let found = netsuite::suiteql::all(&reads, queries::by_external_id(&[name])).await.unwrap();
    assert_eq!((found.len(), found[0].total), (1, total()));
    let made = netsuite::suiteql::all(&reads, queries::made_from(&[id])).await.unwrap();
    assert_eq!(made.iter().map(|(_, one)| one.record).collect::<Vec<_>>(), [Some(RecordType::ItemFulfillment)]);
}

#[tokio::test(start_paused = true)]
async fn set_23_set_28_set_46_money_comes_in_goes_back_and_is_journalled() {
    let mut desk = Desk::open();
    let customer = desk.customer().await;
    let clearing = desk.bench.role("acct.clearing.USD");
    let name = ExternalId::invoice("028-9999999-0000001", None);
    let invoice = Invoice { sale: desk.sale(name.clone(), customer.clone()), due: Some(day("2026-12-04")), account: None };
    let id = desk.write(&invoice.create()).await.unwrap();
    let usd = desk.currency("USD");

    let payment = CustomerPayment {
        external_id: ExternalId::payment("900", "028-9999999-0000001", None),
        customer: customer.clone(),
        date: day("2026-11-21"),
        currency: Some(usd.clone()),
        subsidiary: None,
        account: clearing.clone(),
        receivable: None,
        method: None,
        amount: total(),
        apply: vec![Apply { document: Target::Named(name), amount: total() }],
        memo: Some("Amazon settlement 900".into()),
        more: Vec::new(),
    };
    let paid = desk.write(&payment.create()).await.unwrap();
    assert_eq!(desk.read(RecordType::CustomerPayment, paid).await.total(), Some(total()));
    assert_eq!(desk.read(RecordType::Invoice, id.clone()).await.status().as_deref(), Some("B"), "paid in full");
    let reads = ReadLine::new(&desk.line);
    let known = netsuite::suiteql::all(&reads, queries::by_order_number(&["028-9999999-0000001".into()])).await.unwrap();
    assert_eq!(known.iter().map(|one| one.open).sum::<Decimal>(), Decimal::ZERO);

    let memo = CreditMemo {
        external_id: ExternalId::credit_memo("900", "028-9999999-0000001", 1),
        customer: customer.clone(),
        date: day("2026-11-21"),
        currency: Some(usd.clone()),
        subsidiary: None,
        location: None,
        other_ref_num: Some("028-9999999-0000001".into()),
        lines: vec![SaleLine::new(desk.sku(1), Decimal::ONE, Decimal::new(1999, 2))],
        apply: Vec::new(),
        memo: Some("Amazon settlement 900".into()),
        more: Vec::new(),
    };
    let memo_id = desk.write(&memo.create()).await.unwrap();
    assert_eq!(desk.read(RecordType::CreditMemo, memo_id.clone()).await.total(), Some(memo.total()));
    let refund = CustomerRefund {
        external_id: ExternalId::customer_refund("900", "028-9999999-0000001", 1),
        customer: customer.clone(),
        date: day("2026-11-21"),
        currency: Some(usd.clone()),
        subsidiary: None,
        account: clearing.clone(),
        method: None,
        apply: vec![Apply { document: Target::Named(memo.external_id.clone()), amount: memo.total() }],
        memo: Some("Amazon settlement 900".into()),
        more: Vec::new(),
    };
    desk.write(&refund.create()).await.unwrap();
    assert_eq!(desk.read(RecordType::CreditMemo, memo_id).await.status().as_deref(), Some("B"), "fully applied");

    let journal = JournalEntry {
        external_id: ExternalId::journal("900", None),
        date: day("2026-11-21"),
        currency: Some(usd),
        subsidiary: Some(RecordId(desk.bench.simulator.opening_books().subsidiaries[0].id.to_string())),
        memo: Some("Amazon settlement 900".into()),
        approved: Some(true),
        reversal_date: None,
        lines: vec![
            JournalLine::new(desk.bench.role("acct.bank.USD"), Decimal::new(1000, 2)),
            JournalLine::new(clearing.clone(), Decimal::new(-1000, 2)),
        ],
        more: Vec::new(),
    };
    let journal_id = desk.write(&journal.create().unwrap()).await.unwrap();
    assert_eq!(desk.read(RecordType::JournalEntry, journal_id.clone()).await.total(), Some(Decimal::new(1000, 2)));

    let reads = ReadLine::new(&desk.line);
    let posted = reads.call(&queries::postings(&clearing, "Amazon settlement 900")).await.unwrap().rows;
    assert_eq!(posted.len(), 3, "payment, refund, journal");
    assert_eq!(posted.iter().map(|one| one.amount).sum::<Decimal>(), Decimal::ZERO, "SET-48");

    let delete = Write::Delete { record: RecordType::JournalEntry, target: Target::Id(journal_id) };
    let Probe::Gone(probe) = delete.probe(&|_| None).unwrap() else { panic!("a delete is probed by its absence") };
    desk.write(&delete).await.unwrap();
    assert!(netsuite::absent(&perform(&desk.line, &probe).await.unwrap_err()));
}

#[tokio::test(start_paused = true)]
async fn bil_09_a_cash_sale_goes_to_clearing_and_is_refunded_from_it() {
    let mut desk = Desk::open();
    let customer = desk.customer().await;
    let clearing = desk.bench.role("acct.clearing.USD");
    let name = ExternalId::cash_sale("028-9999999-0000001", None);
    let sale = CashSale { sale: desk.sale(name, customer.clone()), account: clearing.clone() };
    let id = desk.write(&sale.create()).await.unwrap();
    let record = desk.read(RecordType::CashSale, id).await;
    assert_eq!((record.total(), record.reference("account")), (Some(total()), Some(clearing.clone())));
    let refund = CashRefund {
        external_id: ExternalId::cash_refund("900", "028-9999999-0000001", 1),
        customer,
        date: day("2026-11-21"),
        currency: Some(desk.currency("USD")),
        subsidiary: None,
        location: None,
        account: clearing,
        method: None,
        other_ref_num: Some("028-9999999-0000001".into()),
        lines: vec![SaleLine::new(desk.sku(1), Decimal::ONE, Decimal::new(1999, 2))],
        memo: Some("Amazon settlement 900".into()),
        more: Vec::new(),
    };
    let id = desk.write(&refund.create()).await.unwrap();
    assert_eq!(desk.read(RecordType::CashRefund, id).await.total(), Some(Decimal::new(1999, 2)));
}

#[tokio::test(start_paused = true)]
async fn netsuite_12_refusals_are_told_apart() {
    let mut desk = Desk::open();
    let customer = desk.customer().await;
    let sale = |name: &str, desk: &Desk| desk.sale(ExternalId::sales_order(name), customer.clone());
    let order = |sale| SalesOrder { sale, status: OrderStatus::PendingFulfilment }.create();

    let mut wrong = sale("R-1", &desk);
    wrong.lines[0].item = RecordId("987654".into());
    let mut refusals = vec![("item", order(wrong), Refusal::BadReference)];
    let mut unknown = sale("R-2", &desk);
    unknown.more.push(("custbody_no_such_field".into(), json!("x")));
    refusals.push(("field", order(unknown), Refusal::UnknownField));
    let mut closed = desk.sale(ExternalId::invoice("R-3", None), customer.clone());
    closed.date = day("2020-01-01");
    refusals.push(("period", Invoice { sale: closed, due: None, account: None }.create(), Refusal::PeriodClosed));
    let mut empty = sale("R-4", &desk);
    empty.lines.clear();
    refusals.push(("lines", order(empty), Refusal::MissingField));
    for (what, write, expected) in refusals {
        let failure = desk.write(&write).await.unwrap_err();
        assert_eq!(netsuite::refusal(&failure), Some(expected), "{what}: {failure:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn netsuite_14_concurrency_is_kept_below_the_accounts_limit() {
    let bench = bench(Company::Demo, Latency::BENCH);
    let line = Arc::new(bench.netsuite());
    let seat = line.seat(Cancel::new(), None);
    let began = bench.clock.now();
    let query = queries::accounts();
    let all = futures::future::join_all((0..20).map(|_| perform(&seat, &query))).await;
    assert!(all.iter().all(Result::is_ok));
    let took = bench.clock.now() - began;
    assert!(took < TimeDelta::seconds(5), "20 reads of half a second, five at once: {took}");
}
