#include <fmt/format.h>

#include <memory>

#include "attest/base/error.hpp"
#include "attest/compile/compile.hpp"
#include "circuit/structure.hpp"
#include "measure/influence/fit.hpp"
#include "subject.hpp"
#include "tables.hpp"
#include "timing.hpp"

namespace attest::benchmarks {

namespace {

constexpr double promised_bytes = 16;  // a gate, and again a wire

struct Series {
    std::string family;
    std::vector<std::pair<std::string, std::int64_t>> members;  ///< model, length
};

Series same_model(const std::string& name) {
    Series series{name, {}};
    for (const std::int64_t n : {8, 16, 32, 64, 128, 256}) series.members.emplace_back(name, n);
    return series;
}

/// Three layers of H heads read (H+1)³ − 1 bits, and no other number.
Series parity_trees() {
    Series series{"parity-tree-3-H", {}};
    for (const std::int64_t h : {1, 2, 3, 4, 5})
        series.members.emplace_back(fmt::format("parity-tree-3-{}", h), (h + 1) * (h + 1) * (h + 1) - 1);
    return series;
}

circuit::Circuit compiled(const Subject& subject, std::int64_t length, compile::Form form) {
    circuit::Builder builder(std::size_t{8} << 30);
    const compile::Inputs inputs(builder, subject.model.transformer.alphabet, length);
    auto result = compile_model(builder, inputs, subject.model.transformer, {form, {}, {}}, limits_for(0));
    if (const auto* why = std::get_if<verdict::Undecided>(&result)) throw base::Unsupported(why->detail);
    builder.circuit().add_output("accept", std::get<compile::CompiledModel>(result).accept);
    return std::move(builder).take();
}

void add_series(Table& table, const Series& series, compile::Form form) {
    const std::string form_name = form == compile::Form::compact ? "compact" : "constant-depth";
    std::vector<std::pair<double, double>> sizes, times;  ///< by length
    for (const auto& [name, length] : series.members) {
        const Subject subject(name);
        Loops loops;
        const std::string key = fmt::format("compile/{}/{}/{}", name, form_name, length);
        loops.add(
            key, [&subject, n = length, form] { compiled(subject, n, form); }, 3, 0.02);
        loops.run();
        const circuit::Circuit circuit = compiled(subject, length, form);
        const auto parts = static_cast<double>(circuit.gate_count() + circuit.wire_count());
        const double per_part = static_cast<double>(circuit.memory_bytes()) / parts;
        sizes.emplace_back(length, parts);
        times.emplace_back(length, loops.seconds(key));
        table.add({text(series.family), text(form_name), count(static_cast<std::size_t>(length)),
                   count(circuit.gate_count()), count(circuit.wire_count()), count(depth(circuit)),
                   seconds(times.back().second), number(parts / times.back().second / 1e6), number(per_part),
                   text(per_part <= promised_bytes ? "yes" : "NO")});
    }
    table.note(fmt::format("{}, {}: gates and wires ~ N^{:.2f}, time ~ N^{:.2f}", series.family, form_name,
                           influence::fit_power_law(sizes).value().exponent,
                           influence::fit_power_law(times).value().exponent));
}

}  // namespace

Table compile_table(const Settings&) {
    Table table("compile", "model to circuit, both forms; exponents fitted by least squares in logarithms",
                {"model", "form", "N", "gates", "wires", "depth", "time", "M parts/s", "bytes/part", "<= 16"});
    table.begin();
    for (const Series& series :
         {same_model("palindrome"), same_model("dyck-1-depth-3"), same_model("contains-11"), parity_trees()})
        for (const compile::Form form : {compile::Form::constant_depth, compile::Form::compact})
            add_series(table, series, form);
    return table;
}

}  // namespace attest::benchmarks
