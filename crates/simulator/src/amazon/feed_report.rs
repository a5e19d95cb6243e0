//! The report on a feed: which messages were done, and why the others were not.

use super::feeds::{self, Feed};
use super::xml::escaped;

/// What one message came to: its id, its order, and why it was refused.
pub type Answered = (String, String, Option<String>);

/// The report, in the form that the feed itself had.
pub fn report(feed: &Feed, seller: &str, results: &[Answered]) -> String {
    if matches!(feed.kind.as_str(), feeds::FLAT_FULFILMENT | feeds::FLAT_ACKNOWLEDGEMENT) {
        table(results)
    } else {
        envelope(feed, seller, results)
    }
}

fn refusals(results: &[Answered]) -> impl Iterator<Item = (&str, &str, &str)> {
    results
        .iter()
        .filter_map(|(id, order, why)| Some((id.as_str(), order.as_str(), why.as_deref()?)))
}

fn table(results: &[Answered]) -> String {
    let rows: Vec<String> = refusals(results)
        .map(|(row, order, why)| format!("{row}\t{order}\t18028\tError\t{why}\n"))
        .collect();
    format!(
        "Feed Processing Summary:\n\tNumber of records processed\t\t{}\n\tNumber of records successful\t\t{}\n\n\
         original-record-number\torder-id\terror-code\terror-type\terror-message\n{}",
        results.len(),
        results.len() - refusals(results).count(),
        rows.concat()
    )
}

fn envelope(feed: &Feed, seller: &str, results: &[Answered]) -> String {
    let refused = refusals(results).count();
    let rows: Vec<String> = refusals(results)
        .map(|(id, order, why)| {
            format!(
                "<Result><MessageID>{id}</MessageID><ResultCode>Error</ResultCode>\
                 <ResultMessageCode>18028</ResultMessageCode><ResultDescription>{}</ResultDescription>\
                 <AdditionalInfo><AmazonOrderID>{}</AmazonOrderID></AdditionalInfo></Result>",
                escaped(why),
                escaped(order)
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <AmazonEnvelope xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:noNamespaceSchemaLocation=\"amzn-envelope.xsd\">\
         <Header><DocumentVersion>1.02</DocumentVersion><MerchantIdentifier>{seller}</MerchantIdentifier></Header>\
         <MessageType>ProcessingReport</MessageType><Message><MessageID>1</MessageID><ProcessingReport>\
         <DocumentTransactionID>{}</DocumentTransactionID><StatusCode>Complete</StatusCode><ProcessingSummary>\
         <MessagesProcessed>{}</MessagesProcessed><MessagesSuccessful>{}</MessagesSuccessful>\
         <MessagesWithError>{refused}</MessagesWithError><MessagesWithWarning>0</MessagesWithWarning>\
         </ProcessingSummary>{}</ProcessingReport></Message></AmazonEnvelope>\n",
        feed.id,
        results.len(),
        results.len() - refused,
        rows.concat()
    )
}
