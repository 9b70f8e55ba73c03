#include "attest/decide/restriction/evidence.hpp"

#include "circuit/substitute.hpp"
#include "twin.hpp"

// The circuits of FORMAT.md, section 10, in the order of its text: the checker makes the same gates from it.

namespace attest::restriction {

namespace {

using circuit::Literal;

/// The circuit's inputs again, in a builder of their own.
circuit::Builder same_inputs(const Function& function, const base::Limits& limits) {
    circuit::Builder builder(limits.memory_bytes);
    for (std::size_t k = 0; k < function.circuit.input_count(); ++k) builder.add_input(function.circuit.input_name(k));
    return builder;
}

decide::Decision decide(const Function& function, circuit::Builder builder, std::vector<Literal> roots,
                        const decide::ProveOptions& options, const base::Limits& limits) {
    decide::Decision out_of_memory;
    out_of_memory.why = {verdict::Reason::memory, "the circuit passes the memory limit"};
    if (builder.exhausted()) return out_of_memory;
    circuit::Circuit reduced = circuit::cone(builder.circuit(), roots);
    const auto silent = roots.size() - function.drops.size();
    for (std::size_t k = 0; k < roots.size(); ++k)
        reduced.add_output(k < silent ? "root" + std::to_string(k + 1) : "drop" + std::to_string(k - silent + 1),
                           roots[k]);
    return decide::refute(std::move(reduced), std::move(roots), function.drops,
                          static_cast<std::int64_t>(function.length()), function.symbols(), options, limits);
}

}  // namespace

decide::Decision refute_other_answer(const Function& function, const Restriction& restriction, bool answer,
                                     const decide::ProveOptions& options, const base::Limits& limits) {
    circuit::Builder builder = same_inputs(function, limits);
    std::vector<Literal> roots{function.accept};
    roots.insert(roots.end(), function.drop_literals.begin(), function.drop_literals.end());
    roots = substitute(builder, function.circuit, function.restricted_inputs(restriction), roots);
    roots[0] = roots[0] ^ answer;
    return decide(function, std::move(builder), std::move(roots), options, limits);
}

decide::Decision refute_silent_position(const Function& function, const decide::ProveOptions& options,
                                        const base::Limits& limits) {
    circuit::Builder builder = same_inputs(function, limits);
    const Restriction all = Restriction::all_free(function.length());
    const std::vector<Literal> dropped =
        substitute(builder, function.circuit, function.restricted_inputs(all), function.drop_literals);
    std::vector<Literal> roots;
    for (std::size_t i = 0; i < function.length(); ++i) {
        std::vector<Literal> accepted, rejected;
        for (language::Symbol a = 0; a < function.symbols(); ++a) {
            Restriction one = all;
            one.fixed[i] = a;
            accepted.push_back(substitute(builder, function.circuit, function.restricted_inputs(one),
                                          std::vector<Literal>{function.accept})[0]);
            rejected.push_back(!accepted.back());
        }
        if (function.symbols() == 2) {
            roots.push_back(!builder.exclusive_or(accepted[0], accepted[1]));
            continue;
        }
        const Literal always = builder.conjunction(accepted), never = builder.conjunction(rejected);
        roots.push_back(builder.disjunction({always, never}));
    }
    roots.insert(roots.end(), dropped.begin(), dropped.end());
    return decide(function, std::move(builder), std::move(roots), options, limits);
}

FindDifference difference_by_solver(const Function& function, std::uint64_t seed, const base::Limits& limits) {
    auto twin = std::make_shared<Twin>(function, seed, limits);
    return [twin, untied = std::vector<bool>(function.length(), false)](const Restriction& r) {
        return twin->find_difference(r, untied);
    };
}

FindDifference difference_in_table(const TruthTable& table, std::size_t symbols) {
    return [&table, symbols](const Restriction& r) -> std::optional<Words> {
        const auto answer = [&](const language::Word& w) {
            std::size_t index = 0;
            for (const language::Symbol s : w) index = index * symbols + s;
            return table[index];
        };
        const language::Word first = r.first_word();
        language::Word word = first;
        while (r.next_word(word, symbols))
            if (answer(word) != answer(first)) return Words{first, word};
        return std::nullopt;
    };
}

}  // namespace attest::restriction
