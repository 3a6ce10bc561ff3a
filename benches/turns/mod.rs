//! Times of alternatives in one run, so that what else the machine does meets all of them alike.

use cpu_time::ThreadTime;

const ROUNDS: usize = 21;

/// The median time of each contender in seconds of this thread, taking turns. The first round warms up and does not count.
pub fn medians<const N: usize>(mut contenders: [&mut dyn FnMut(); N]) -> [f64; N] {
    let mut times = [(); N].map(|()| Vec::with_capacity(ROUNDS));
    for round in 0..=ROUNDS {
        for (contender, times) in contenders.iter_mut().zip(&mut times) {
            let start = ThreadTime::now();
            contender();
            if round > 0 {
                times.push(start.elapsed().as_secs_f64());
            }
        }
    }
    times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[ROUNDS / 2]
    })
}
