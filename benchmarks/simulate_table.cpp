#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "base/random.hpp"
#include "circuit/simulate.hpp"
#include "subject.hpp"
#include "tables.hpp"
#include "timing.hpp"

namespace attest::benchmarks {

namespace {

constexpr std::size_t words = 256;  // of 64 assignments

circuit::Circuit compiled_model(const char* name, std::int64_t length) {
    const Subject subject(name);
    circuit::Builder builder(std::size_t{8} << 30);
    const compile::Inputs inputs(builder, subject.model.transformer.alphabet, length);
    auto result =
        compile_model(builder, inputs, subject.model.transformer, {compile::Form::compact, {}, {}}, limits_for(0));
    if (const auto* why = std::get_if<verdict::Undecided>(&result)) throw base::Unsupported(why->detail);
    builder.circuit().add_output("accept", std::get<compile::CompiledModel>(result).accept);
    std::vector<circuit::Literal> none;
    return cone(builder.circuit(), none);
}

/// ANDs and XORs of two among the last `window` nodes; the last nodes are outputs, so that nearly all gates
/// count.
circuit::Circuit random_circuit(std::size_t inputs, std::size_t gates, std::size_t window, std::uint64_t seed) {
    base::Random random(seed);
    circuit::Builder builder(std::size_t{8} << 30);
    for (std::size_t k = 0; k < inputs; ++k) builder.add_input(fmt::format("x{}", k + 1));
    while (builder.circuit().gate_count() < gates) {
        const std::size_t nodes = builder.circuit().node_count();
        const auto pick = [&] {
            const std::size_t back = random.below(std::min(window, nodes - 1));
            return circuit::Literal(static_cast<circuit::Node>(nodes - 1 - back), random.chance(1, 2));
        };
        const circuit::Literal a = pick(), b = pick();
        random.chance(1, 4) ? builder.exclusive_or(a, b) : builder.conjunction({a, b});
    }
    const std::size_t nodes = builder.circuit().node_count();
    for (std::size_t k = 0; k < window; ++k)
        builder.circuit().add_output(fmt::format("y{}", k),
                                     circuit::Literal(static_cast<circuit::Node>(nodes - 1 - k), false));
    std::vector<circuit::Literal> none;
    return cone(builder.circuit(), none);
}

void add(Table& table, const std::string& name, const circuit::Circuit& circuit, std::uint64_t seed) {
    base::Random random(seed);
    std::vector<circuit::Literal> roots;
    for (const circuit::Port& port : circuit.outputs()) roots.push_back(port.literal);
    std::vector<std::uint64_t> block(circuit.input_count() * words), word(circuit.input_count()),
        results(roots.size() * words);
    std::vector<bool> one(circuit.input_count());
    for (std::uint64_t& w : block) w = random.bits();
    for (std::size_t k = 0; k < word.size(); ++k) {
        word[k] = block[k * words];
        one[k] = (word[k] & 1U) != 0;
    }
    circuit::Simulator simulator(circuit, roots);
    std::uint64_t use = 0;
    Loops loops;
    loops.add(name + "/plan", [&] { use += circuit::Simulator(circuit, roots).slot_count(); });
    loops.add(name + "/block", [&] { simulator.run(block, results, words); });
    loops.add(name + "/word", [&] { use += simulate_word(circuit, word).back(); });
    loops.add(name + "/bit", [&] { use += evaluate(circuit, roots, one).back() ? 1 : 0; });
    loops.run();
    const std::vector<std::uint64_t> plain = simulate_word(circuit, word);
    const auto value = [&](circuit::Literal l) { return plain[l.node()] ^ -std::uint64_t{l.complemented()}; };
    for (std::size_t r = 0; r < roots.size(); ++r)
        if (results[r * words] != value(roots[r]))
            throw base::InternalError("block and word simulation disagree on " + name);

    const auto gates = static_cast<double>(circuit.gate_count());
    const double by_block = gates * 64 * words / loops.seconds(name + "/block");
    const double by_word = gates * 64 / loops.seconds(name + "/word");
    const double by_bit = gates / loops.seconds(name + "/bit");
    table.add({text(name), count(circuit.gate_count()), count(circuit.wire_count()), count(simulator.slot_count()),
               seconds(loops.seconds(name + "/plan")), number(by_block / 1e9), number(by_word / 1e9),
               number(by_bit / 1e9), ratio(by_block / by_word), ratio(by_block / by_bit)});
    if (use == 0) table.note("no word was used");
}

}  // namespace

Table simulate_table(const Settings& settings) {
    Table table("simulate",
                fmt::format("10^9 gate evaluations a second (an assignment each): blocks of {} words, one word of "
                            "64, one assignment",
                            words),
                {"circuit", "gates", "wires", "slots", "plan", "block", "word", "one", "block/word", "block/one"});
    table.begin();
    add(table, "palindrome, N = 64", compiled_model("palindrome", 64), settings.seed);
    add(table, "dyck-2-depth-3, N = 64", compiled_model("dyck-2-depth-3", 64), settings.seed);
    add(table, "random, window 1000", random_circuit(256, 1000000, 1000, settings.seed), settings.seed);
    add(table, "random, window 100000", random_circuit(256, 1000000, 100000, settings.seed), settings.seed);
    return table;
}

}  // namespace attest::benchmarks
