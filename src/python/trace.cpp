#include "python/trace.hpp"

#include <cmath>
#include <limits>

#include "attest/base/error.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/network/guhat.hpp"
#include "attest/network/program.hpp"
#include "attest/soft/judge.hpp"
#include "network/sequence.hpp"

namespace attest::python {

namespace {

using exact::Rational;

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The greatest double that is not above the number.
double below(const Rational& x) {
    const double d = x.get_d();  // rounded towards 0
    if (!std::isfinite(d)) return d > 0 ? std::numeric_limits<double>::max() : -infinity;
    return Rational(d) > x ? std::nextafter(d, -infinity) : d;
}

/// The least double that is not below it.
double above(const Rational& x) { return -below(-x); }

/// Of two doubles the nearer.
double nearest(const Rational& x, double lower, double upper) {
    if (!std::isfinite(lower) || !std::isfinite(upper)) return x.get_d();
    return x - Rational(lower) <= Rational(upper) - x ? lower : upper;
}

std::size_t size_of(const std::vector<std::size_t>& shape) {
    std::size_t size = 1;
    for (const std::size_t n : shape) size *= n;
    return size;
}

Array array_of(std::vector<std::size_t> shape) {
    const std::vector<double> unknown(size_of(shape), std::numeric_limits<double>::quiet_NaN());
    return {std::move(shape), unknown, unknown, unknown};
}

void set(Array& array, std::size_t at, const Rational& x) {
    array.lower[at] = below(x);
    array.upper[at] = above(x);
    array.nearest[at] = nearest(x, array.lower[at], array.upper[at]);
}

void set(Array& array, std::size_t at, const exact::Ball& x) {
    if (!x.is_finite()) throw base::Unsupported("trace: no precision encloses the attention");
    array.lower[at] = below(x.lower());
    array.upper[at] = above(x.upper());
    array.nearest[at] = x.middle();
}

/// From one position nothing is attended to, but for what is set after this.
void clear_row(Array& array, std::size_t head, std::size_t position) {
    const std::size_t n = array.shape[2], first = (head * n + position) * n;
    for (std::size_t at = first; at < first + n; ++at) set(array, at, Rational(0));
}

void set_weight(Array& array, std::size_t head, std::size_t from, std::int64_t to, const Rational& weight) {
    const std::size_t n = array.shape[2];
    set(array, (head * n + from) * n + static_cast<std::size_t>(to - 1), weight);
}

void add_attention(Trace& made, const std::vector<std::vector<network::Attended>>& heads,
                   const std::vector<exact::Vector>& after) {
    const std::size_t n = made.sequence.size();
    Array array = array_of({heads.size(), n, n});
    for (std::size_t h = 0; h < heads.size(); ++h)
        for (std::size_t p = 0; p < n && !heads[h].empty(); ++p) {
            if (after[p].empty()) continue;  // not needed
            const network::Attended& seen = heads[h][p];
            clear_row(array, h, p);
            for (std::size_t k = 0; k < seen.positions.size(); ++k)
                set_weight(array, h, p, seen.positions[k],
                           seen.weights.empty() ? Rational(1, static_cast<unsigned long>(seen.positions.size()))
                                                : seen.weights[k]);
        }
    made.attention.push_back(std::move(array));
}

void add_activations(Trace& made, const std::vector<exact::Vector>& vectors, std::size_t dimension) {
    Array array = array_of({vectors.size(), dimension});
    for (std::size_t p = 0; p < vectors.size(); ++p)
        for (std::size_t k = 0; k < vectors[p].size(); ++k) set(array, p * dimension + k, vectors[p][k]);
    made.activations.push_back(std::move(array));
}

void trace_exactly(const network::Transformer& t, const language::Word& word, Trace& made) {
    made.sequence = network::sequence(t, word);
    const network::Evaluator evaluator(t, static_cast<std::int64_t>(word.size()));
    network::Trace seen;
    (void)evaluator.answer(word, &seen);
    for (const auto& vectors : seen.activations) add_activations(made, vectors, t.dimension);
    for (std::size_t l = 0; l < seen.attended.size(); ++l)
        add_attention(made, seen.attended[l], seen.activations[l + 1]);
}

void trace_in_balls(const network::Transformer& t, const language::Word& word, const base::Limits& limits,
                    Trace& made) {
    made.sequence = network::sequence(t, word);
    const std::size_t n = made.sequence.size();
    soft::Judge judge(t, static_cast<std::int64_t>(word.size()));
    const bool decides = t.readout.decides();
    const long bits = decides ? judge.judge(word, limits).bits : judge.classify(word, limits).bits;
    const network::AtLength at(t, static_cast<std::int64_t>(word.size()));
    for (const network::Layer& layer : at->layers)
        made.attention.push_back(array_of({layer.attention ? layer.attention->heads.size() : 0, n, n}));
    if (bits == 0) return;
    std::vector<soft::HeadSeen> heads;
    (void)judge.evaluator(bits).answer(word, {.heads = &heads});
    for (const soft::HeadSeen& seen : heads) {
        Array& array = made.attention[seen.layer];
        const auto from = static_cast<std::size_t>(seen.position - 1);
        clear_row(array, seen.head, from);
        for (std::size_t k = 0; k < seen.weights.size(); ++k)
            set(array, (seen.head * n + from) * n + static_cast<std::size_t>(seen.first - 1) + k, seen.weights[k]);
    }
}

void trace_tables(const network::Guhat& tables, const language::Word& word, Trace& made) {
    made.sequence = network::sequence(tables, word);
    const std::size_t n = made.sequence.size();
    network::GuhatTrace seen;
    (void)network::GuhatEvaluator(tables).accepts(word, &seen);
    for (const auto& heads : seen.attended) {
        Array array = array_of({heads.size(), n, n});
        for (std::size_t h = 0; h < heads.size(); ++h)
            for (std::size_t p = 0; p < heads[h].size(); ++p) {
                if (heads[h][p] == 0) continue;
                clear_row(array, h, p);
                set_weight(array, h, p, heads[h][p], Rational(1));
            }
        made.attention.push_back(std::move(array));
    }
}

void trace_program(const network::Program& program, const language::Word& word, Trace& made) {
    made.sequence = program.sequence(word);
    network::ProgramTrace seen;
    (void)network::answers(program, word, &seen);
    for (std::size_t v = 0; v < program.variables.size(); ++v) {
        auto& [name, values] = made.variables.emplace_back(program.variables[v].name, std::vector<std::string>{});
        for (const auto& value : seen.values[v]) values.push_back(network::text_of(value));
    }
}

}  // namespace

Trace trace(const Model& model, const language::Word& word, const base::Limits& limits) {
    Trace made;
    made.said = evaluate(model, {word}, limits).front();
    if (const auto* file = std::get_if<formats::GuhatFile>(&model.file())) trace_tables(file->guhat, word, made);
    else if (const auto* text = std::get_if<formats::ProgramFile>(&model.file()))
        trace_program(text->program, word, made);
    else {
        const network::Transformer& t = std::get<formats::ModelFile>(model.file()).transformer;
        if (t.kind() == network::AttentionKind::softmax) trace_in_balls(t, word, limits, made);
        else trace_exactly(t, word, made);
    }
    return made;
}

}  // namespace attest::python
