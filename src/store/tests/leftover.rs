//! What an interrupted read leaves under way.

use super::{act, scratch};
use crate::store::{OpenOptions, Store};

#[test]
fn a_transaction_that_outlived_its_work_is_ended() {
    let (_folder, mut store) = scratch();
    let other = Store::open(store.path(), &OpenOptions::default());
    let mut other = other.expect("a second window");
    // As if the rollback of an interrupted read had been interrupted, too.
    let leftover = "BEGIN; SELECT count(*) FROM action;";
    let left = store.connection.execute_batch(leftover);
    left.expect("a transaction");
    other.write(|writer| act(writer, 1)).expect("a write");
    let actions = store.read(|reader| reader.actions(None, 9));
    assert_eq!(actions.expect("a read").len(), 1);
    let left = store.connection.execute_batch(leftover);
    left.expect("a transaction");
    store.write(|writer| act(writer, 2)).expect("a write");
}
