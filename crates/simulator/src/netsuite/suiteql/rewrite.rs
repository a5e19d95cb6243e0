//! Turns SuiteQL into the SQL of the engine behind it, and refuses what NetSuite refuses.

use super::Trouble;
use super::grammar;
use super::lexer::{Token, tokens};

/// Words that would mean something to the engine and mean nothing, or something else, to NetSuite.
const FOREIGN: [&str; 22] = [
    "limit",
    "offset",
    "insert",
    "update",
    "delete",
    "merge",
    "drop",
    "alter",
    "create",
    "pragma",
    "attach",
    "detach",
    "vacuum",
    "glob",
    "regexp",
    "match",
    "isnull",
    "notnull",
    "rowid",
    "oid",
    "returning",
    "replace_into",
];

/// Words that may stand before a parenthesis without being a function.
const KEYWORDS: [&str; 34] = [
    "in",
    "and",
    "or",
    "not",
    "exists",
    "on",
    "where",
    "when",
    "then",
    "else",
    "select",
    "from",
    "join",
    "as",
    "by",
    "having",
    "union",
    "all",
    "any",
    "between",
    "like",
    "case",
    "distinct",
    "over",
    "is",
    "with",
    "partition",
    "inner",
    "left",
    "outer",
    "order",
    "group",
    "intersect",
    "minus",
];

const FUNCTIONS: [&str; 39] = [
    "sum",
    "count",
    "min",
    "max",
    "avg",
    "nvl",
    "nvl2",
    "coalesce",
    "nullif",
    "decode",
    "to_char",
    "to_date",
    "to_number",
    "trunc",
    "round",
    "floor",
    "ceil",
    "abs",
    "mod",
    "upper",
    "lower",
    "length",
    "substr",
    "instr",
    "replace",
    "trim",
    "ltrim",
    "rtrim",
    "concat",
    "greatest",
    "least",
    "row_number",
    "rank",
    "dense_rank",
    "lag",
    "lead",
    "first_value",
    "last_value",
    "cast",
];

/// Columns that hold dates.
const DATES: [&str; 11] = [
    "trandate",
    "createddate",
    "lastmodifieddate",
    "shipdate",
    "actualshipdate",
    "duedate",
    "startdate",
    "enddate",
    "reversaldate",
    "deleteddate",
    "datecreated",
];

/// Which records a column's `BUILTIN.DF` names.
const DISPLAYED: [(&str, &str); 24] = [
    ("entity", "entity"),
    ("customer", "entity"),
    ("item", "item"),
    ("parentitem", "item"),
    ("parent", "item"),
    ("currency", "currency"),
    ("subsidiary", "subsidiary"),
    ("location", "location"),
    ("department", "department"),
    ("class", "classification"),
    ("account", "account"),
    ("expenseaccount", "account"),
    ("incomeaccount", "account"),
    ("postingperiod", "accountingPeriod"),
    ("createdfrom", "transaction"),
    ("transaction", "transaction"),
    ("previousdoc", "transaction"),
    ("nextdoc", "transaction"),
    ("shipmethod", "shipItem"),
    ("paymentmethod", "paymentMethod"),
    ("pricelevel", "priceLevel"),
    ("customform", "customForm"),
    ("terms", "term"),
    ("taxcode", "salesTaxItem"),
];

/// The engine's SQL for a query. `now` is the date value that `SYSDATE` stands for; `date_format` is how the company
/// writes days.
pub(super) fn rewrite(query: &str, now: &str, date_format: &str) -> Result<String, Trouble> {
    let tokens = tokens(query)?;
    if !tokens
        .first()
        .is_some_and(|first| first.is("select") || first.is("with"))
    {
        return Err(Trouble::syntax("the query must start with SELECT"));
    }
    grammar::check(&tokens)?;
    Rewriting {
        tokens,
        at: 0,
        now,
        date_format,
        out: Vec::new(),
        scopes: vec![Scope::default()],
    }
    .run()
}

struct Rewriting<'a> {
    tokens: Vec<Token>,
    at: usize,
    now: &'a str,
    date_format: &'a str,
    out: Vec<String>,
    /// One per open parenthesis, and one for the whole.
    scopes: Vec<Scope>,
}

#[derive(Default)]
struct Scope {
    /// The row limit that `ROWNUM` sets for the query in here.
    limit: Option<u64>,
    /// Inside `ORDER BY`.
    ordering: bool,
}

impl Rewriting<'_> {
    fn run(mut self) -> Result<String, Trouble> {
        while let Some(token) = self.tokens.get(self.at).cloned() {
            self.at += 1;
            match token {
                Token::Word(word) => self.word(&word)?,
                Token::Quoted(name) => {
                    hidden(&name)?;
                    self.out.push(format!("\"{name}\""));
                }
                Token::Symbol("(") => {
                    self.scopes.push(Scope::default());
                    self.out.push("(".to_owned());
                }
                Token::Symbol(")") => {
                    self.close_scope();
                    self.out.push(")".to_owned());
                }
                Token::Symbol(",") => {
                    self.end_of_key();
                    self.out.push(",".to_owned());
                }
                // Oracle divides exactly; the engine would cut whole numbers.
                Token::Symbol("/") => self.out.push("* 1.0 /".to_owned()),
                Token::Symbol(operator @ ("=" | "<" | ">" | "<=" | ">=" | "<>" | "!=")) => self.comparison(operator),
                other => self.out.push(other.sql()),
            }
        }
        self.close_scope();
        Ok(self.out.join(" "))
    }

    /// A text beside a date is read in the company's date format, or refused.
    fn comparison(&mut self, operator: &str) {
        self.out.push(operator.to_owned());
        let column = self.at.checked_sub(2).and_then(|before| self.tokens.get(before));
        let dated = column.is_some_and(|column| DATES.iter().any(|name| column.is(name)));
        if let (true, Some(value @ (Token::Text(_) | Token::Parameter))) = (dated, self.peek(0)) {
            let wrapped = format!("ns_day({}, '{}')", value.sql(), self.date_format);
            self.out.push(wrapped);
            self.at += 1;
        }
    }

    fn close_scope(&mut self) {
        self.end_of_key();
        if let Some(Scope { limit: Some(limit), .. }) = self.scopes.pop() {
            self.out.push(format!("LIMIT {limit}"));
        }
    }

    /// Where nothing is said, Oracle sorts missing values as if they were greatest; the engine as if they were least.
    fn end_of_key(&mut self) {
        let said = self.out.iter().rev().nth(1).is_some_and(|word| word == "nulls");
        if self.scopes.last().is_some_and(|scope| scope.ordering) && !said {
            let descending = self.out.last().is_some_and(|word| word == "desc");
            self.out
                .push(if descending { "NULLS FIRST" } else { "NULLS LAST" }.to_owned());
        }
    }

    fn set_ordering(&mut self, on: bool) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.ordering = on;
        }
    }

    fn peek(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead)
    }

    fn word(&mut self, word: &str) -> Result<(), Trouble> {
        let lower = word.to_lowercase();
        hidden(&lower)?;
        let called = self.peek(0).is_some_and(|next| next.is_symbol("("));
        let after_dot = self.out.last().is_some_and(|last| last == ".");
        match lower.as_str() {
            "transaction" => self.out.push("\"transaction\"".to_owned()),
            "builtin" => self.display()?,
            "sysdate" => self.sysdate(),
            "rownum" => self.rownum(),
            "order" if self.peek(0).is_some_and(|next| next.is("by")) => {
                self.at += 1;
                self.out.push("order by".to_owned());
                self.set_ordering(true);
            }
            "fetch" => {
                self.end_of_key();
                self.set_ordering(false);
                self.fetch()?;
            }
            "rows" | "range" if self.peek(0).is_some_and(|next| next.is("between")) => {
                self.end_of_key();
                self.set_ordering(false);
                self.out.push(lower);
            }
            "true" | "false" if !after_dot => return Err(Trouble::unknown_field(&lower)),
            // The engine's own way to name the same thing.
            "minus" => self.out.push("EXCEPT".to_owned()),
            "nvl" if called => self.out.push("coalesce".to_owned()),
            _ if FOREIGN.contains(&lower.as_str()) => return Err(Trouble::syntax(&format!("unexpected {word}"))),
            _ if called && !KEYWORDS.contains(&lower.as_str()) && !FUNCTIONS.contains(&lower.as_str()) => {
                return Err(Trouble::syntax(&format!("unknown function {word}")));
            }
            _ => self.out.push(lower),
        }
        Ok(())
    }

    /// `FETCH FIRST n ROWS ONLY`.
    fn fetch(&mut self) -> Result<(), Trouble> {
        let number = match (self.peek(0), self.peek(1), self.peek(2), self.peek(3)) {
            (Some(first), Some(Token::Number(number)), Some(rows), Some(only))
                if (first.is("first") || first.is("next"))
                    && (rows.is("rows") || rows.is("row"))
                    && only.is("only") =>
            {
                number.clone()
            }
            _ => return Err(Trouble::syntax("FETCH FIRST n ROWS ONLY is expected")),
        };
        self.at += 4;
        self.out.push(format!("LIMIT {number}"));
        Ok(())
    }

    /// `ROWNUM <= n` limits the query that it stands in. Rows are cut after sorting, where NetSuite cuts before: which
    /// rows come first without an order is nobody's promise.
    fn rownum(&mut self) {
        let number = match self.peek(1) {
            Some(Token::Number(number)) => number.parse::<u64>().ok(),
            _ => None,
        };
        let limit = match (self.peek(0), number) {
            (Some(Token::Symbol("<=")), Some(number)) => Some(number),
            (Some(Token::Symbol("<")), Some(number)) => Some(number.saturating_sub(1)),
            (Some(Token::Symbol("=")), Some(1)) => Some(1),
            _ => None,
        };
        if let (Some(limit), Some(scope)) = (limit, self.scopes.last_mut()) {
            scope.limit = Some(limit);
            self.at += 2;
            self.out.push("1 = 1".to_owned());
        } else {
            self.out.push("row_number() OVER ()".to_owned());
        }
    }

    /// `SYSDATE`, and `SYSDATE - 7` in days.
    fn sysdate(&mut self) {
        let now = self.now;
        if let (Some(Token::Symbol(sign @ ("+" | "-"))), Some(Token::Number(days))) = (self.peek(0), self.peek(1)) {
            self.out.push(format!("ns_shift('{now}', {sign}{days})"));
            self.at += 2;
        } else {
            self.out.push(format!("'{now}'"));
        }
    }

    /// `BUILTIN.DF(column)`: the text that a person would see.
    fn display(&mut self) -> Result<(), Trouble> {
        let well_formed = self.peek(0).is_some_and(|one| one.is_symbol("."))
            && self.peek(1).is_some_and(|one| one.is("df"))
            && self.peek(2).is_some_and(|one| one.is_symbol("("));
        if !well_formed {
            return Err(Trouble::syntax("only BUILTIN.DF is known"));
        }
        self.at += 3;
        let mut names = Vec::new();
        loop {
            match self.peek(0) {
                Some(Token::Word(word)) => names.push(word.to_lowercase()),
                Some(Token::Symbol(".")) => {}
                Some(Token::Symbol(")")) => break,
                _ => return Err(Trouble::syntax("BUILTIN.DF takes a column")),
            }
            self.at += 1;
        }
        self.at += 1;
        let (column, qualifier) = match names.as_slice() {
            [column] => (column.as_str(), String::new()),
            [table, column] => (column.as_str(), format!("\"{table}\".")),
            _ => return Err(Trouble::syntax("BUILTIN.DF takes a column")),
        };
        hidden(column)?;
        self.out.push(match DISPLAYED.iter().find(|(name, _)| *name == column) {
            _ if column == "status" => format!("ns_status({qualifier}\"type\", {qualifier}\"status\")"),
            _ if column == "type" => format!("ns_type({qualifier}\"type\")"),
            Some((_, space)) => format!(
                "coalesce((SELECT r.name FROM ns_record r WHERE r.space = '{space}' AND r.id = {qualifier}\"{column}\"), \
                 {qualifier}\"{column}\")"
            ),
            None => format!("{qualifier}\"{column}\""),
        });
        Ok(())
    }
}

/// Tables of the simulation and of the engine do not exist for a query.
fn hidden(name: &str) -> Result<(), Trouble> {
    if name.starts_with("ns_") || name.starts_with("sqlite_") || name.starts_with("pragma_") || name == "_rowid_" {
        return Err(Trouble::unknown_record(name));
    }
    Ok(())
}
