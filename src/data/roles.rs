//! What the columns of a table are to a loss: one is the target, the others are features.

use super::Table;

/// The parts that columns play, by their places.
#[derive(Clone, Debug, PartialEq)]
pub struct Roles {
    /// What is to be told from the features.
    pub target: usize,
    /// What it is told from.
    pub features: Vec<usize>,
    /// The two numbers that the target has, lower one first, where it has no others: labels of two classes.
    pub labels: Option<[f64; 2]>,
}

impl Roles {
    /// The parts of the columns that a loss uses: the target is the one called y, else the last of them. Nothing where it uses
    /// none.
    pub fn of(table: &Table, used: &[usize]) -> Option<Self> {
        let named = used.iter().copied().find(|place| table.names()[*place] == "y");
        let target = named.or(used.last().copied())?;
        let features = used.iter().copied().filter(|place| *place != target).collect();
        Some(Self { target, features, labels: labels(&table.columns()[target]) })
    }
}

/// The two numbers of a column that has 0 and 1, or −1 and 1, and nothing else.
fn labels(column: &[f64]) -> Option<[f64; 2]> {
    [[0.0, 1.0], [-1.0, 1.0]].into_iter().find(|labels| {
        column.iter().all(|number| labels.contains(number))
            && labels.iter().all(|label| column.contains(label))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_target_is_y_or_the_last_column_and_two_numbers_are_labels() {
        let table = |names: [&str; 3], last: [f64; 3]| {
            let columns = vec![vec![1.0, 2.0, 3.0], vec![5.0, 6.0, 7.0], last.to_vec()];
            Table::new(names.map(str::to_owned).to_vec(), columns).unwrap()
        };
        let of = |names, last, used: &[usize]| Roles::of(&table(names, last), used).unwrap();
        let roles = of(["a", "b", "c"], [0.0, 1.0, 0.0], &[0, 1, 2]);
        assert_eq!((roles.target, roles.features, roles.labels), (2, vec![0, 1], Some([0.0, 1.0])));
        let roles = of(["y", "b", "c"], [-1.0, 1.0, 1.0], &[0, 2]);
        assert_eq!((roles.target, roles.features, roles.labels), (0, vec![2], None));
        assert_eq!(of(["a", "b", "c"], [-1.0, 1.0, 1.0], &[0, 2]).labels, Some([-1.0, 1.0]));
        assert_eq!(of(["a", "b", "c"], [1.0, 1.0, 1.0], &[2]).labels, None, "one class is none");
        assert_eq!(Roles::of(&table(["a", "b", "c"], [0.0; 3]), &[]), None);
    }
}
