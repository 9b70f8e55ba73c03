#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <tuple>

#include "attest/base/error.hpp"
#include "builder.hpp"

// Layers in order: for each level its attention (a layer for each mask and tie), then one feed-forward part for each depth of
// rectifications, the first of them in the layer of the attention. All is added to the residual stream, so a coordinate must be
// 0 before it is written: what is needed no more is subtracted by a unit that passes it on, ReLU(x) = x.

namespace attest::programs::residual {

namespace {

constexpr std::size_t largest_without_reuse = std::size_t{1} << 19;  ///< parts · values

/// Moments at which values are read and written: the attention of stage s is 2 s + 1, its feed-forward part 2 s + 2.
using Moment = std::uint64_t;
constexpr Moment always = std::numeric_limits<Moment>::max();

struct Stage {
    std::vector<Value> looks, units;
};

class Assembler {
  public:
    Assembler(const Builder& builder, const Form& score, const Layout& layout)
        : builder_(builder), score_(score), layout_(layout) {}

    network::Transformer assemble() {
        find_needed();
        schedule();
        find_last_uses();
        place_all();
        require_memory();
        return write();
    }

  private:
    using Made = Builder::Made;

    const Made& made(Value v) const { return builder_.values()[v]; }

    template <typename Action>
    void each_operand(const Made& m, const Action& action) const {
        for (const auto& term : m.form.terms) action(term.first);
        if (m.kind != Builder::Kind::look) return;
        const Pattern& pattern = builder_.patterns()[m.detail];
        for (const auto* forms : {&pattern.query, &pattern.key})
            for (const Form& form : *forms)
                for (const auto& term : form.terms) action(term.first);
    }

    void find_needed() {
        needed_.assign(builder_.values().size(), false);
        for (const auto& term : score_.terms) needed_[term.first] = true;
        for (Value v = static_cast<Value>(needed_.size()); v-- > 0;)
            if (needed_[v]) each_operand(made(v), [&](Value operand) { needed_[operand] = true; });
    }

    /// What decides the stage of a value, in order.
    std::tuple<std::uint32_t, std::uint32_t, network::Mask, network::Tie> key(Value v) const {
        const Made& m = made(v);
        if (m.kind != Builder::Kind::look) return {m.level, m.depth, network::Mask::none, network::Tie::left};
        const Pattern& pattern = builder_.patterns()[m.detail];
        return {m.level, 0, pattern.mask, pattern.tie};
    }

    void schedule() {
        std::vector<Value> order;
        for (Value v = 0; v < needed_.size(); ++v)
            if (needed_[v]) order.push_back(v);
        std::stable_sort(order.begin(), order.end(), [&](Value a, Value b) { return key(a) < key(b); });
        born_.assign(needed_.size(), 0);
        const Value* previous = nullptr;
        for (const Value& v : order) {
            const Made& m = made(v);
            const bool is_look = m.kind == Builder::Kind::look, is_unit = m.kind == Builder::Kind::unit;
            if (is_look || is_unit) {
                // The first rectifications of a level stand behind the heads of its last layer of attention.
                const bool joins = previous != nullptr && is_unit && m.depth == 1 && m.level == made(*previous).level &&
                                   made(*previous).kind == Builder::Kind::look;
                if (!joins && (previous == nullptr || key(*previous) != key(v))) stages_.emplace_back();
                (is_look ? stages_.back().looks : stages_.back().units).push_back(v);
                born_[v] = 2 * stages_.size() - (is_look ? 1 : 0);
                previous = &v;
            }
        }
    }

    void find_last_uses() {
        last_use_.assign(needed_.size(), 0);
        for (Value v = 0; v < needed_.size(); ++v)
            if (needed_[v])
                each_operand(made(v),
                             [&](Value operand) { last_use_[operand] = std::max(last_use_[operand], born_[v]); });
        for (const auto& term : score_.terms) last_use_[term.first] = always;
    }

    /// Gives each value a coordinate, and each stage the values that it takes away.
    void place_all() {
        const std::size_t values = static_cast<std::size_t>(std::count(needed_.begin(), needed_.end(), true));
        const bool reuses = layout_.options.reuses.value_or(values * rows() > largest_without_reuse);
        coordinate_.assign(needed_.size(), 0);
        gone_.resize(stages_.size());
        // By the feed-forward part that may take a value away: the first at its last use or after it.
        for (Value v = 0; v < needed_.size(); ++v)
            if (needed_[v] && reuses && last_use_[v] != always) gone_[(last_use_[v] + 1) / 2 - 1].push_back(v);
        for (Value v = 0; v < needed_.size(); ++v)
            if (needed_[v] && born_[v] == 0) take(v);
        for (std::size_t s = 0; s < stages_.size(); ++s) {
            for (const Value v : stages_[s].looks) take(v);
            for (const Value v : gone_[s]) free_.push_back(coordinate_[v]);
            for (const Value v : stages_[s].units) take(v);
        }
    }

    /// Heads and feed-forward parts, each of which has a row for each coordinate.
    std::size_t rows() const {
        std::size_t count = 2 * stages_.size();
        for (const Stage& stage : stages_) count += stage.looks.size();
        return count;
    }
    void require_memory() const {
        const double bytes = static_cast<double>(sizeof(std::vector<exact::Matrix::Entry>)) *
                             static_cast<double>(rows()) * static_cast<double>(width_);
        if (bytes > static_cast<double>(layout_.options.memory_bytes))
            throw base::Unsupported(
                fmt::format("a model of dimension {} with {} heads and feed-forward parts takes about {:.0f} "
                            "MiB, and {} are allowed (--memory)",
                            width_, rows(), bytes / (1 << 20), layout_.options.memory_bytes >> 20));
    }

    void take(Value v) {
        if (free_.empty()) {
            coordinate_[v] = static_cast<constructions::Coordinate>(width_++);
            return;
        }
        coordinate_[v] = free_.back();
        free_.pop_back();
    }

    /// The same form over coordinates.
    Form placed(const Form& form) const {
        Form result;
        result.constant = form.constant;
        for (const auto& [value, factor] : form.terms)
            if (factor != 0) result.terms[coordinate_[value]] = factor;
        return result;
    }
    exact::AffineMap map(const std::vector<Form>& forms) const {
        std::vector<Form> rows;
        for (const Form& form : forms) rows.push_back(placed(form));
        return constructions::affine(width_, rows);
    }
    exact::Matrix empty(std::size_t columns) const {
        exact::Matrix matrix;
        matrix.columns = columns;
        matrix.rows.resize(width_);
        return matrix;
    }

    network::Head head(const Pattern& pattern, const Value* first, const Value* last) const {
        std::vector<Form> copied;
        network::Head head;
        head.output.weight = empty(static_cast<std::size_t>(last - first));
        for (const Value* v = first; v != last; ++v) {
            head.output.weight.rows[coordinate_[*v]].emplace_back(static_cast<std::uint32_t>(v - first), 1);
            copied.push_back(made(*v).form);
        }
        head.value = map(copied);
        if (!pattern.query.empty()) {
            head.query = map(pattern.query);
            head.key = map(pattern.key);
        }
        return head;
    }

    /// One head for each pattern, with a row for each value that it brings.
    network::Attention attention(std::vector<Value> looks) const {
        network::Attention attention;
        const Pattern& any = builder_.patterns()[made(looks[0]).detail];
        attention.kind = layout_.kind;
        attention.mask = any.mask;
        attention.tie = any.tie;
        std::stable_sort(looks.begin(), looks.end(), [&](Value a, Value b) { return made(a).detail < made(b).detail; });
        for (std::size_t first = 0, last = 0; first < looks.size(); first = last) {
            const std::uint32_t pattern = made(looks[first]).detail;
            while (last < looks.size() && made(looks[last]).detail == pattern) ++last;
            attention.heads.push_back(head(builder_.patterns()[pattern], looks.data() + first, looks.data() + last));
        }
        return attention;
    }

    network::FeedForward feedforward(const std::vector<Value>& units, const std::vector<Value>& gone) const {
        std::vector<Form> hidden;
        exact::Matrix out = empty(units.size() + gone.size());
        const auto add = [&](const Form& inside, Value to, int factor) {
            out.rows[coordinate_[to]].emplace_back(static_cast<std::uint32_t>(hidden.size()), factor);
            hidden.push_back(inside);
        };
        for (const Value v : units) add(made(v).form, v, 1);
        for (const Value v : gone) add(constructions::x(v), v, -1);
        network::FeedForward result;
        result.maps = {map(hidden), {std::move(out), {}}};
        return result;
    }

    network::Transformer write() const {
        // A model has at least one coordinate, also where the answer is always the same.
        network::Transformer t =
            constructions::blank(layout_.alphabet, std::max<std::size_t>(width_, 1), layout_.begin, "");
        for (Value v = 0; v < needed_.size(); ++v)
            if (needed_[v]) write_input(t, v);
        for (std::size_t s = 0; s < stages_.size(); ++s) {
            network::Layer layer;
            if (!stages_[s].looks.empty()) layer.attention = attention(stages_[s].looks);
            if (!stages_[s].units.empty() || !gone_[s].empty())
                layer.feedforward = feedforward(stages_[s].units, gone_[s]);
            t.layers.push_back(std::move(layer));
        }
        constructions::accept_if_positive(t, placed(score_));
        return t;
    }

    void write_input(network::Transformer& t, Value v) const {
        const Made& m = made(v);
        if (m.kind == Builder::Kind::symbol) t.embedding[m.detail][coordinate_[v]] = 1;
        if (m.kind == Builder::Kind::begin) t.begin_embedding[coordinate_[v]] = 1;
        if (m.kind == Builder::Kind::place) constructions::place(t, coordinate_[v], builder_.places()[m.detail]);
    }

    const Builder& builder_;
    const Form& score_;
    const Layout& layout_;
    std::vector<bool> needed_;
    std::vector<Moment> born_, last_use_;
    std::vector<Stage> stages_;
    std::vector<std::vector<Value>> gone_;  // by stage
    std::vector<constructions::Coordinate> coordinate_, free_;
    std::size_t width_ = 0;
};

}  // namespace

network::Transformer assemble(const Builder& builder, const Form& score, const Layout& layout) {
    return Assembler(builder, score, layout).assemble();
}

}  // namespace attest::programs::residual
