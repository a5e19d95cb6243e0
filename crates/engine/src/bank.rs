//! What a person says that the bank has of a posted settlement's transfer (SET-53): entered once, booked by its flow, and
//! taken back like any other writes. Undoing the settlement takes it back too.

use chrono::{DateTime, NaiveDate, Utc};
use domain::bank::matching::{Deposit, Taken};
use domain::settlement::line::Posted;
use domain::settlement::plan::Accounts;
use domain::settlement::plan::bank::{NotBanked, Receipt, Stands, journal};
use domain::{Currency, ExternalId, Money};
use flows::Key;
use flows::local::{BankReceipt, Stage, TransferPut};
use flows::settlements::bank::{ID, stands, subject};
use netsuite::RecordId;
use rust_decimal::Decimal;
use serde_json::json;
use store::postings::{self, Posting, PostingState};
use store::runs::Trigger;
use store::settlement_choices::{self, BANK, Choice};
use store::steps::{self, Step, StepState};
use store::{Reader, StoreError, audit, settlements};

use crate::engine::Engine;
use crate::remote;
use crate::request::{StartError, SyncRequest};

/// The flow whose journals have the transfer.
const JOURNALS: &str = "settlement-journals";

/// What a person read in the bank's books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entered {
    /// The bank's day.
    pub date: NaiveDate,
    /// What came in.
    pub received: Money,
    /// What the bank took, in the same currency; in the settlement's own currency it follows from the rest.
    pub fee: Decimal,
}

/// Why an entry was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotEntered {
    /// There is no such settlement.
    Unknown,
    /// It is not posted, or closed.
    NotPosted,
    /// There is an entry already.
    There,
    /// No journal of it has a transfer, so that there is nothing to find in the bank.
    NothingTransferred,
    /// The day is before the settlement began or after today.
    Day,
    /// The amounts cannot be meant.
    Amounts(NotBanked),
}

impl Engine {
    /// Keeps what the bank has of a settlement's transfer. The next look of its flow books it.
    pub fn enter_receipt(
        &self,
        settlement: &str,
        entered: Entered,
        who: &str,
    ) -> Result<Result<(), NotEntered>, StoreError> {
        let now = self.0.now();
        let kept = self.store().write(|db| {
            let receipt = match checked(db, settlement, entered, now)? {
                Ok(receipt) => receipt,
                Err(why) => return Ok(Err(why)),
            };
            let value = json!({
                "date": receipt.0.date,
                "amount": receipt.0.received.amount.to_string(),
                "currency": receipt.0.received.currency.code(),
                "fee": receipt.0.fee.amount.to_string(),
                "journal": receipt.1,
            });
            let group = subject(settlement);
            let posting = Posting {
                revision: postings::revision(db, &group)?,
                hold: group,
                state: PostingState::Approved,
                who: who.to_owned(),
                changed_at: now,
            };
            postings::put(db, &posting)?;
            audit::add(db, now, who, "enter-receipt", settlement, &value)?;
            let choice = Choice {
                settlement: settlement.to_owned(),
                choice: BANK.to_owned(),
                value,
                who: who.to_owned(),
                at: now,
            };
            settlement_choices::set(db, &choice)?;
            Ok(Ok(()))
        })?;
        self.settlement_changed(settlement);
        Ok(kept)
    }

    /// Books what was entered.
    pub async fn book_receipt(&self, settlement: &str) -> Result<(), StartError> {
        let request = SyncRequest {
            flows: vec![ID.to_owned()],
            keys: Some(vec![Key(subject(settlement))]),
            ..SyncRequest::new(Trigger::Person)
        };
        self.sync(request).await?;
        self.settlement_changed(settlement);
        Ok(())
    }

    /// Takes an entry back, with the journal that it made. Whether there was one.
    pub async fn take_receipt_back(&self, settlement: &str, who: &str) -> Result<bool, StartError> {
        let now = self.0.now();
        let (is_there, has_steps) = self.store().read(|db| {
            let is_open = crate::settlements::stage(db, settlement)? == Stage::Posted;
            let entry = settlement_choices::get(db, settlement, BANK)?;
            Ok((is_open && entry.is_some(), !written(db, settlement)?.is_empty()))
        })?;
        if !is_there {
            return Ok(false);
        }
        if has_steps {
            self.undo(&subject(settlement), who).await?;
        } else {
            self.store().write(|db| {
                settlement_choices::clear(db, settlement, BANK)?;
                crate::undo::mark(db, &subject(settlement), PostingState::Undone, who, now)?;
                audit::add(db, now, who, "take-receipt-back", settlement, &json!({}))
            })?;
        }
        self.settlement_changed(settlement);
        Ok(true)
    }
}

/// The writes of a settlement's bank journal, of all its revisions.
pub(crate) fn written(db: &Reader<'_>, settlement: &str) -> Result<Vec<Step>, StoreError> {
    let mut steps = steps::about(db, &subject(settlement))?;
    steps.retain(|step| step.flow == ID);
    Ok(steps)
}

/// What was entered as far as it can be meant, and whether a journal has to say it.
fn checked(
    db: &Reader<'_>,
    settlement: &str,
    entered: Entered,
    now: DateTime<Utc>,
) -> Result<Result<(Receipt, bool), NotEntered>, StoreError> {
    let Some(stored) = settlements::brief(db, settlement)? else {
        return Ok(Err(NotEntered::Unknown));
    };
    if crate::settlements::stage(db, settlement)? != Stage::Posted {
        return Ok(Err(NotEntered::NotPosted));
    }
    if settlement_choices::get(db, settlement, BANK)?.is_some() {
        return Ok(Err(NotEntered::There));
    }
    let header = &stored.header;
    let (Some(put), Some(total)) = (transfer(db, settlement)?, header.declared_total) else {
        return Ok(Err(NotEntered::NothingTransferred));
    };
    // A day is the bank's own: somewhere it is tomorrow already.
    let last = now.date_naive().succ_opt().unwrap_or(entered.date);
    let first = header.start.map(|start| start.business_date(chrono_tz::Tz::UTC));
    if entered.date > last || first.is_some_and(|first| entered.date < first) {
        return Ok(Err(NotEntered::Day));
    }
    let stands = stands(&crate::rules::snapshot(db, now)?, &put.account);
    let transfer = Money::new(total, header.currency);
    let receipt = Receipt::entered(transfer, stands, entered.received, entered.fee, entered.date);
    let receipt = match receipt {
        Ok(receipt) => receipt,
        Err(why) => return Ok(Err(NotEntered::Amounts(why))),
    };
    let name = ExternalId::bank_journal(settlement);
    let drawn = journal(name, settlement, transfer, stands, receipt, &Accounts::default());
    Ok(match drawn {
        Ok(journal) => Ok((receipt, journal.is_some())),
        Err(why) => Err(NotEntered::Amounts(why)),
    })
}

/// Where a settlement's journal has put the transfer: the line of that name, as it was written.
pub fn transfer(db: &Reader<'_>, settlement: &str) -> Result<Option<TransferPut>, StoreError> {
    let steps = steps::of_group(db, settlement)?;
    let done = steps
        .iter()
        .filter(|step| step.flow == JOURNALS && step.state == StepState::Done);
    let mut put = done.filter_map(|step| {
        let lines = step.body.pointer("/write/body/line/items")?.as_array()?;
        let line = lines.iter().find(|line| line["memo"] == "transfer")?;
        Some(TransferPut {
            journal: remote::external_id(&step.name)?,
            account: RecordId(line["account"]["id"].as_str()?.to_owned()),
        })
    });
    Ok(put.next())
}

/// Where the transfer of a settlement stands, if it has one.
pub fn transfer_stands(db: &Reader<'_>, settlement: &str, now: DateTime<Utc>) -> Result<Option<Stands>, StoreError> {
    let Some(put) = transfer(db, settlement)? else {
        return Ok(None);
    };
    Ok(Some(stands(&crate::rules::snapshot(db, now)?, &put.account)))
}

/// Everything that was entered.
pub(crate) fn receipts(db: &Reader<'_>) -> Result<Vec<BankReceipt>, StoreError> {
    let mut receipts = Vec::new();
    for entry in settlement_choices::of(db, BANK)? {
        let Some((date, received, fee)) = read(&entry) else {
            continue;
        };
        let group = subject(&entry.settlement);
        let done = written(db, &entry.settlement)?;
        receipts.push(BankReceipt {
            received,
            fee,
            date,
            revision: postings::newest(db, &group)?.map_or(1, |posting| posting.revision),
            put: transfer(db, &entry.settlement)?,
            booked: entry.value["journal"] == false || done.iter().any(|step| step.state == StepState::Done),
            settlement: entry.settlement,
        });
    }
    Ok(receipts)
}

/// An entry as it was kept: day, amount, fee.
pub fn read(entry: &Choice) -> Option<(NaiveDate, Money, Decimal)> {
    let text = |name: &str| entry.value[name].as_str();
    let currency: Currency = text("currency")?.parse().ok()?;
    let amount: Decimal = text("amount")?.parse().ok()?;
    let fee: Decimal = text("fee")?.parse().ok()?;
    Some((text("date")?.parse().ok()?, Money::new(amount, currency), fee))
}

/// The transfers of posted settlements that nobody has found in the bank yet, and those that somebody has: what a bank's
/// file is compared with.
pub fn deposits(db: &Reader<'_>) -> Result<(Vec<Deposit>, Vec<Taken>), StoreError> {
    let (mut open, mut taken) = (Vec::new(), Vec::new());
    for stored in settlements::briefs(db)? {
        let header = stored.header;
        if let Some(entry) = settlement_choices::get(db, &header.id, BANK)? {
            taken.extend(read(&entry).map(|(date, received, _)| Taken {
                settlement: header.id,
                received,
                date,
            }));
            continue;
        }
        let day = |posted: Option<Posted>| posted.map(|posted| posted.business_date(chrono_tz::Tz::UTC));
        let total = header.declared_total.filter(|total| *total > Decimal::ZERO);
        let (Some(total), Some(sent)) = (total, day(header.deposit.or(header.end))) else {
            continue;
        };
        let is_posted = crate::settlements::stage(db, &header.id)? == Stage::Posted;
        if is_posted && transfer(db, &header.id)?.is_some() {
            open.push(Deposit {
                transfer: Money::new(total, header.currency),
                first: day(header.start),
                day: sent,
                settlement: header.id,
            });
        }
    }
    Ok((open, taken))
}

/// How a settlement's entry stands: whether it is in the books. Nothing without an entry.
pub fn is_banked(db: &Reader<'_>, choices: &[Choice]) -> Result<Option<bool>, StoreError> {
    let Some(entry) = choices.iter().find(|one| one.choice == BANK) else {
        return Ok(None);
    };
    let steps = written(db, &entry.settlement)?;
    let is_done = steps.iter().any(|step| step.state == StepState::Done);
    Ok(Some(entry.value["journal"] == false || is_done))
}
