#include "checker/kernel/defect.hpp"
#include "checker/simulation/construction.hpp"

// Obligation `table` (FORMAT.md, section 28.4): the maps do what section 28.6 says of them, on every case that it names.

namespace attest::checker {
namespace {

void expect(const Rational& found, const Rational& expected, const char* place, const std::string& what) {
    if (found != expected)
        throw Defect(std::string("network.json: ") + place,
                     what + " is " + found.get_str() + ", not " + expected.get_str());
}

/// The block is 1 at this place and 0 elsewhere.
void expect_one_hot(const Vector& x, std::size_t first, std::size_t width, std::size_t at, const char* place,
                    const std::string& what) {
    for (std::size_t k = 0; k < width; ++k) expect(x[first + k], k == at ? 1 : 0, place, what);
}

std::size_t check_moves(const Chain& chain, const TuringMachine& m, const Blocks& at, Budget& budget) {
    const char* place = "decoder.layers[0].feedforward";
    for (std::size_t q = 0; q < at.q; ++q)
        for (std::size_t a = 0; a < at.a; ++a) {
            const Move& move = *m.move(q, a);
            const std::string what = "what it says of (" + m.states[q] + ", " + m.tape[a] + ")";
            for (const int before : {-1, 0, 1}) {
                const Vector z = through(chain.layers[0].maps, output_of({q, a, before}, at, at.d), budget);
                expect_one_hot(z, at.q2, at.q, move.state, place, what);
                expect_one_hot(z, at.s2, at.a, move.symbol, place, what);
                expect(z[at.x2], move.step, place, what);
                expect(z[at.x3], before, place, what);
            }
        }
    return at.q * at.a;
}

/// r + 1 is 5; α stands at the position 5 if the word goes on, else at 2 or 4, and the last visit at the time 4 if there is
/// none, else at 1 or 3.
Vector before_output(const Blocks& at, std::size_t alpha, std::size_t visited, int position, int time) {
    Vector z(at.d);
    z[at.s3 + alpha] = 1;
    z[at.s4 + visited] = 1;
    z[at.x6] = position;
    z[at.x7] = time;
    z[at.x8] = 1;
    z[at.x9] = 5;
    return z;
}

std::size_t check_choice(const Chain& chain, const Blocks& at, Budget& budget) {
    const char* place = "decoder.output";
    for (std::size_t alpha = 0; alpha < at.a; ++alpha)
        for (std::size_t visited = 0; visited < at.a; ++visited)
            for (const int position : {2, 4, 5})
                for (const int time : {1, 3, 4}) {
                    const Vector y = through(chain.output, before_output(at, alpha, visited, position, time), budget);
                    const std::size_t right = position == 5 ? alpha : time == 4 ? 0 : visited;
                    expect_one_hot(y, at.s1, at.a, right, place, "the symbol that it chooses");
                }
    return 4 * at.a * at.a;
}

void check_copies(const Chain& chain, const Blocks& at, Budget& budget) {
    const char* place = "decoder.output";
    for (std::size_t q = 0; q < at.q; ++q)
        for (const int step : {-1, 1}) {
            Vector z = before_output(at, 0, 0, 5, 4);
            z[at.q2 + q] = 1;
            z[at.x2] = step;
            const Vector y = through(chain.output, std::move(z), budget);
            expect_one_hot(y, at.q1, at.q, q, place, "the state that it copies");
            expect(y[at.x1], step, place, "the step that it copies");
        }
}

}  // namespace

std::size_t check_tables(const Chain& chain, const TuringMachine& normal, Budget& budget) {
    const Blocks at(normal);
    const std::size_t pairs = check_moves(chain, normal, at, budget);
    check_copies(chain, at, budget);
    return pairs + check_choice(chain, at, budget);
}

}  // namespace attest::checker
