//! Several minima: where a path ends depends on the start, the method and its rate.

use std::f64::consts::PI;

use super::{BuiltIn, Group, LevelScale, OptimumKind, ROW, rates};

const MANY: BuiltIn = BuiltIn { group: Group::ManyMinima, ..ROW };

pub(super) const ROWS: &[BuiltIn] = &[
    BuiltIn {
        id: "himmelblau",
        name: "Himmelblau",
        formula: "(x^2+y-11)^2 + (x+y^2-7)^2",
        window: [[-5.0, 5.0], [-5.0, 5.0]],
        start: [-0.5, -0.5],
        levels: LevelScale::Log,
        rates: rates!(0.01, 0.005, 0.005, 0.5, 0.05, 0.2),
        steps: 200,
        minima: &[
            [3.0, 2.0],
            [-2.805118086952745, 3.131312518250573],
            [-3.779310253377747, -3.2831859912861696],
            [3.5844283403304917, -1.8481265269644036],
        ],
        source: "Himmelblau, Applied Nonlinear Programming (1972)",
        teaches: "Four equally good minima around a hill: drag the start to change which one is found; near the \
                  top Newton climbs to the maximum.",
        ..MANY
    },
    BuiltIn {
        id: "rastrigin",
        name: "Rastrigin",
        formula: "2*A + x^2 - A*cos(2*pi*x) + y^2 - A*cos(2*pi*y)",
        constants: &[("A", 10.0)],
        window: [[-5.12, 5.12], [-5.12, 5.12]],
        start: [-2.4, 1.6],
        rates: rates!(0.001, 0.005, 0.002, 0.2, 0.02, 0.5; newton: 1.0, qhm: 0.01),
        minima: &[[0.0, 0.0]],
        source: "Rastrigin, Systems of Extremal Control (1974), in two variables",
        teaches: "A bowl with ripples of height A: each method settles in the nearest dent, momentum rolls \
                  through one, and lowering A to 0 gives the round bowl back.",
        ..MANY
    },
    BuiltIn {
        id: "ackley",
        name: "Ackley",
        formula: "-20*exp(-0.2*sqrt((x^2+y^2)/2)) - exp((cos(2*pi*x)+cos(2*pi*y))/2) + e + 20",
        window: [[-5.0, 5.0], [-5.0, 5.0]],
        start: [0.6, -1.6],
        rates: rates!(0.01, 0.005, 0.005, 0.2, 0.02, 0.5),
        minima: &[[0.0, 0.0]],
        optimum: OptimumKind::NoDerivative,
        source: "Ackley, A Connectionist Machine for Genetic Hillclimbing (1987)",
        teaches: "Dents all over a funnel with a pointed bottom: momentum and Adam coast over the dents that stop \
                  gradient descent, and keep circling the tip, where the gradient does not vanish.",
        ..MANY
    },
    BuiltIn {
        id: "styblinski_tang",
        name: "Styblinski-Tang",
        formula: "0.5*(x^4-16*x^2+5*x + y^4-16*y^2+5*y)",
        window: [[-5.0, 5.0], [-5.0, 5.0]],
        start: [-0.1, -0.8],
        rates: rates!(0.005, 0.005, 0.005, 0.5, 0.05, 0.2),
        steps: 200,
        minima: &[[-2.903534027771177, -2.903534027771177]],
        source: "Styblinski and Tang, Experiments in nonconvex optimization (1990)",
        teaches: "Four minima, one of them best: from the left of the central hill all first-order methods find \
                  it, Newton climbs the hill instead.",
        ..MANY
    },
    BuiltIn {
        id: "six_hump_camel",
        name: "Six-hump camel",
        formula: "(4-2.1*x^2+x^4/3)*x^2 + x*y + (-4+4*y^2)*y^2",
        window: [[-2.5, 2.5], [-1.5, 1.5]],
        start: [2.0, 1.1],
        levels: LevelScale::Quantile,
        rates: rates!(0.01, 0.005, 0.01, 0.2, 0.02, 0.1),
        minima: &[[0.08984201310031806, -0.7126564030207396], [-0.08984201310031806, 0.7126564030207396]],
        source: "Dixon and Szego, Towards Global Optimisation 2 (1978)",
        teaches: "Gradient descent and AdaGrad stop in a side valley; momentum, Nesterov and Adam carry on over \
                  its rim to one of the two best minima.",
        ..MANY
    },
    BuiltIn {
        id: "three_hump_camel",
        name: "Three-hump camel",
        formula: "2*x^2 - 1.05*x^4 + x^6/6 + x*y + y^2",
        window: [[-3.0, 3.0], [-3.0, 3.0]],
        start: [2.2, 1.5],
        levels: LevelScale::Log,
        rates: rates!(0.02, 0.01, 0.02, 0.2, 0.02, 0.2),
        minima: &[[0.0, 0.0]],
        source: "Dixon and Szego, Towards Global Optimisation 2 (1978)",
        teaches: "Three valleys side by side: methods with momentum overshoot the first and come to rest in the \
                  best, in the middle.",
        ..MANY
    },
    BuiltIn {
        id: "goldstein_price",
        name: "Goldstein-Price",
        formula: "(1+(x+y+1)^2*(19-14*x+3*x^2-14*y+6*x*y+3*y^2))\
                  *(30+(2*x-3*y)^2*(18-32*x+12*x^2+48*y-36*x*y+27*y^2))",
        window: [[-2.0, 2.0], [-3.0, 1.0]],
        start: [-1.2, 0.4],
        levels: LevelScale::Log,
        rates: rates!(0.00001, 0.00001, 0.000005, 0.2, 0.01, 0.2),
        steps: 500,
        minima: &[[0.0, -1.0]],
        source: "Goldstein and Price, On descent from local minima (1971)",
        teaches: "Values from 3 to a million: gradient descent needs a rate of 0.00001, AdaGrad, RMSProp and Adam \
                  the same rates as everywhere, since they do not see the scale of the cost.",
        ..MANY
    },
    BuiltIn {
        id: "branin",
        name: "Branin",
        formula: "(y - 5.1*x^2/(4*pi^2) + 5*x/pi - 6)^2 + 10*(1-1/(8*pi))*cos(x) + 10",
        window: [[-5.0, 10.0], [0.0, 15.0]],
        start: [6.0, 12.0],
        levels: LevelScale::Log,
        rates: rates!(0.05, 0.005, 0.005, 1.0, 0.1, 0.5),
        minima: &[[-PI, 12.275], [PI, 2.275], [3.0 * PI, 2.475]],
        source: "Branin, Widely convergent method for finding multiple solutions of simultaneous nonlinear \
                 equations (1972)",
        teaches: "Three equally good minima along a bent trough: first-order methods roll into one of them, \
                  Newton stops at the saddle between two.",
        ..MANY
    },
    BuiltIn {
        id: "easom",
        name: "Easom",
        formula: "-cos(x)*cos(y)*exp(-((x-pi)^2+(y-pi)^2))",
        window: [[0.0, 6.0], [0.0, 6.0]],
        start: [1.8, 1.6],
        rates: rates!(0.2, 0.05, 0.05, 0.1, 0.02, 0.05),
        minima: &[[PI, PI]],
        source: "Easom, A survey of global optimization techniques (1990)",
        teaches: "One hole in a flat plane: gradient descent waits long for a slope, the adaptive methods turn \
                  even a tiny gradient into a full step.",
        ..MANY
    },
    BuiltIn {
        id: "levy13",
        name: "Levy 13",
        formula: "sin(3*pi*x)^2 + (x-1)^2*(1+sin(3*pi*y)^2) + (y-1)^2*(1+sin(2*pi*y)^2)",
        window: [[-2.0, 4.0], [-2.0, 4.0]],
        start: [-1.5, 2.3],
        rates: rates!(0.0005, 0.005, 0.005, 0.1, 0.01, 0.2),
        minima: &[[1.0, 1.0]],
        source: "Levy and Montalvo, The tunneling algorithm for the global minimization of functions (1985)",
        teaches: "Ripples that grow away from the minimum: Nesterov and Adam travel through them to the best \
                  point, gradient descent with its small rate stays in the first.",
        ..MANY
    },
    BuiltIn {
        id: "bohachevsky1",
        name: "Bohachevsky 1",
        formula: "x^2 + 2*y^2 - 0.3*cos(3*pi*x) - 0.4*cos(4*pi*y) + 0.7",
        window: [[-2.0, 2.0], [-2.0, 2.0]],
        start: [1.0, -1.5],
        rates: rates!(0.01, 0.005, 0.005, 0.2, 0.02, 0.2),
        minima: &[[0.0, 0.0]],
        source: "Bohachevsky, Johnson and Stein, Generalized simulated annealing for function optimization (1986)",
        teaches: "Shallow dents in a bowl: gradient descent stops in the first, momentum passes the center, Adam \
                  comes to rest in it.",
        ..MANY
    },
    BuiltIn {
        id: "eggholder",
        name: "Eggholder",
        formula: "-(y+47)*sin(sqrt(abs(x/2+(y+47)))) - x*sin(sqrt(abs(x-(y+47))))",
        window: [[-512.0, 512.0], [-512.0, 512.0]],
        start: [150.0, 50.0],
        rates: rates!(0.5, 1.0, 0.5, 50.0, 2.0, 50.0),
        minima: &[[512.0, 404.2318051137578]],
        optimum: OptimumKind::OnWindowEdge,
        source: "Whitley, Rana, Dzubera and Mathias, Evaluating evolutionary algorithms (1996)",
        teaches: "A plane of large waves whose best point lies on the edge of the domain: no descent method finds \
                  it from afar, and rates must suit a window a thousand units wide.",
        ..MANY
    },
    BuiltIn {
        id: "drop_wave",
        name: "Drop wave",
        formula: "-(1+cos(12*sqrt(x^2+y^2)))/(0.5*(x^2+y^2)+2)",
        window: [[-2.0, 2.0], [-2.0, 2.0]],
        start: [0.6, -0.4],
        rates: rates!(0.002, 0.01, 0.005, 0.1, 0.01, 0.1),
        steps: 200,
        minima: &[[0.0, 0.0]],
        source: "Molga and Smutnicki, Test functions for optimization needs (2005)",
        teaches: "Rings of troughs around the center: every point of a ring is a minimum across it, so each \
                  method stops somewhere else on the same ring, and Newton on the crest outside it.",
        ..MANY
    },
    BuiltIn {
        id: "cross_in_tray",
        name: "Cross in tray",
        formula: "-0.0001*(abs(sin(x)*sin(y)*exp(abs(100-sqrt(x^2+y^2)/pi)))+1)^0.1",
        window: [[-10.0, 10.0], [-10.0, 10.0]],
        start: [2.7, -1.9],
        rates: rates!(1.0, 0.5, 0.5, 0.2, 0.02, 0.1),
        minima: &[
            [1.3494066171539107, 1.3494066171539107],
            [1.3494066171539107, -1.3494066171539107],
            [-1.3494066171539107, 1.3494066171539107],
            [-1.3494066171539107, -1.3494066171539107],
        ],
        source: "Mishra, Some new test functions for global optimization (2006)",
        teaches: "Creases cut the plane into tiles, each with its own minimum: from the suggested start all \
                  methods stay in their tile, which is one of the best four.",
        ..MANY
    },
    BuiltIn {
        id: "holder_table",
        name: "Holder table",
        formula: "-abs(sin(x)*cos(y)*exp(abs(1-sqrt(x^2+y^2)/pi)))",
        window: [[-10.0, 10.0], [-10.0, 10.0]],
        start: [7.0, 8.1],
        rates: rates!(0.01, 0.001, 0.002, 0.2, 0.02, 0.1; newton: 1.0, lion: 0.005),
        minima: &[
            [8.055023475736563, 9.664590019241272],
            [8.055023475736563, -9.664590019241272],
            [-8.055023475736563, 9.664590019241272],
            [-8.055023475736563, -9.664590019241272],
        ],
        source: "Mishra, Some new test functions for global optimization (2006)",
        teaches: "The best four minima lie in the corners, the creases between them are saddles of the smooth \
                  pieces, and Newton is drawn to one of those.",
        ..MANY
    },
    BuiltIn {
        id: "schaffer2",
        name: "Schaffer 2",
        formula: "0.5 + (sin(x^2-y^2)^2-0.5)/(1+0.001*(x^2+y^2))^2",
        window: [[-3.0, 3.0], [-3.0, 3.0]],
        start: [-1.8, 1.2],
        rates: rates!(0.02, 0.02, 0.02, 0.1, 0.01, 0.1; newton: 0.5),
        minima: &[[0.0, 0.0]],
        source: "Schaffer, Caruana, Eshelman and Das, A study of control parameters affecting online performance \
                 of genetic algorithms (1989)",
        teaches: "Hyperbolic troughs with almost no slope along their floor: the methods fall in within a few \
                  steps and then hardly move.",
        ..MANY
    },
];
