#include "checker/machine/sequence.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"

// FORMAT.md, section 21: what a model must be for a closure, its phases, and what its machine must know of the heads.

namespace attest::checker {
namespace {

constexpr std::size_t most_vectors = std::size_t{1} << 20;  // times the most phases there can be they fit in 32 bits

// The machine goes from layer to layer, and from one guess to the next, deeper each time: so many calls fit on a stack.
constexpr std::size_t most_layers = 1024, most_guessed = 4096;

const char* const kind_place = "manifest.json: evidence.kind";

[[noreturn]] void refuse(const std::string& place, const std::string& what) { throw Defect(place, what); }

bool is_plain(const FeedForward& part) {
    return !part.norm && !part.gate && part.activation == ActivationFunction::relu;
}

}  // namespace

Sequence::Sequence(const Model& model, const Scale& scale, Budget& budget)
    : model_(model), scale_(scale), budget_(budget), store_{budget, kept_bytes_} {
    check_model();
    check_values();
    find_positions();
    for (std::size_t l = 0; l < model.layers.size(); ++l)
        if (model.layers[l].attention) top_ = l + 1;
    levels_.resize(model.layers.size());
    const bool grows = std::any_of(positions_.begin(), positions_.end(), [](const Line& p) { return p.depends(); });
    for (std::size_t l = 0; l < levels_.size(); ++l) {
        levels_[l].layer = &model.layers[l];
        if (!model.layers[l].attention) continue;
        for (const Head& head : model.layers[l].attention->heads)
            levels_[l].seats.push_back(
                {Preference(*model.layers[l].attention, head, scale, l + 1 == top_, grows, store_), 0, {}, {}, {}, {}});
    }
}

void Sequence::check_model() const {
    if (model_.layers.size() > most_layers) refuse(kind_place, "a closure needs a model of at most 1024 layers");
    if (!model_.is_hard()) refuse(kind_place, "a closure needs hard attention throughout");
    if (model_.readout.where != Readout::Where::position || model_.readout.position != -1)
        refuse("model.json: readout", "a closure needs a readout at the last position");
    for (const Expression& bias : model_.readout.bias)
        if (!bias.is_constant()) refuse("model.json: readout", "a closure needs a bias that is a number");
    if (model_.table) refuse("model.json: position", "a closure needs positions without a table");
    if (model_.embedding_norm || model_.final_norm) refuse("model.json: norm", "a closure needs a model without norms");
    for (const Layer& layer : model_.layers) {
        const auto repeat = layer.repeat.literal();
        if (!repeat || *repeat != 1) refuse(layer.place, "a closure needs layers that stand once");
        if (layer.attention && (layer.attention->norm || layer.attention->rotary))
            refuse(layer.place, "a closure needs attention without norm and rotary");
        if (layer.feedforward && !is_plain(*layer.feedforward))
            refuse(layer.place, "a closure needs maps with relu and no norm");
    }
}

/// At all places, and at all lengths.
void Sequence::check_values() {
    const auto from_one = [&](std::size_t k) { return sum(Polynomial::of(1), Polynomial::variable(k), budget_); };
    const long markers = (model_.begin ? 1 : 0) + (model_.end ? 1 : 0);
    Region all{from_one(0), from_one(1), sum(Polynomial::of(std::max(1L, markers)), Polynomial::variable(2), budget_),
               0};
    const auto check = [&](const Expression& e, const std::string& place) {
        if (!has_value_in(e, all, budget_)) refuse(place, "an expression is not seen to have a value at all lengths");
    };
    for (const Expression& e : model_.position) check(e, "model.json: position");
    for (const Layer& layer : model_.layers) {
        if (!layer.attention) continue;
        for (const Head& head : layer.attention->heads) {
            check(head.bias, head.place + ".bias");
            all.dk = head.query ? static_cast<long>(head.query->outputs()) : 0;
            check(layer.attention->scale, layer.attention->place + ".scale");
            const auto scale = in_region(layer.attention->scale, all, budget_);
            if (!scale || !scale->above.never_zero() || !scale->above.never_negative())
                refuse(layer.attention->place + ".scale", "the scale is not seen to be positive at all lengths");
        }
    }
}

void Sequence::find_positions() {
    if (model_.position.empty()) return;
    budget_.memory(64 * model_.position.size(), scale_.phases());
    for (std::size_t f = 0; f < scale_.phases(); ++f) {
        const Phase phase = scale_.phase(f);
        const Polynomial p = sum(Polynomial::of(phase.first),
                                 product(Polynomial::of(phase.step), Polynomial::variable(0), budget_), budget_);
        Line line;
        for (std::size_t c = 0; c < model_.position.size(); ++c) {
            const std::string place = "model.json: position[" + std::to_string(c) + "]";
            if (model_.position[c].uses(&Bindings::n)) refuse(place, "it depends on the length");
            const auto q = in_region(model_.position[c], {p, {}, {}, 0}, budget_);
            if (!q || !q->below.is_constant()) refuse(place, "it is not a number plus a number times p in each phase");
            Rational rise;
            for (const auto& [exponents, coefficient] : q->above.terms) {
                if (exponents == Polynomial::Exponents{}) continue;
                if (exponents != Polynomial::Exponents{1, 0, 0, 0})
                    refuse(place, "it is not a number plus a number times p in each phase");
                rise = coefficient / q->below.constant();
            }
            const Rational slope = phase.step == 0 ? Rational() : Rational(rise / phase.step);
            line.slope.push_back(slope);
            line.fixed.push_back(q->above.constant() / q->below.constant() - slope * phase.first);
        }
        positions_.push_back(std::move(line));
    }
}

std::uint32_t Sequence::number(const Line& line) {
    budget_.step(8 * line.fixed.size() + 8);
    const auto [at, is_new] = numbers_.try_emplace(line, static_cast<std::uint32_t>(lines_.size()));
    if (is_new) {
        if (lines_.size() == most_vectors) refuse("limits", "positions hold more than 2^20 vectors");
        store_.keep(128 + 128 * line.fixed.size());
        lines_.push_back(&at->first);
    }
    return at->second;
}

std::size_t Sequence::kind(Seat& seat, std::size_t query, const Held& held) {
    budget_.step(16);
    const std::uint32_t phase = seat.preference.has_phases() ? held.second : 0;
    const std::array<std::uint32_t, 3> key{static_cast<std::uint32_t>(query), held.first, phase};
    const auto known = seat.kinds.find(key);
    if (known != seat.kinds.end()) return known->second;
    store_.keep(96);
    return seat.kinds[key] = seat.preference.kind_of(query, *lines_[held.first], phase);
}

std::size_t Sequence::query(Seat& seat, const Held& held) {
    budget_.step(16);
    const auto known = seat.query_of.find(held.first);
    if (known != seat.query_of.end()) return known->second;
    store_.keep(64);
    return seat.query_of[held.first] = seat.preference.query_of(*lines_[held.first]);
}

Line Sequence::embedded(const std::string& symbol, std::size_t phase) {
    Line y{rationals(model_.embedding.at(symbol)), Vector(model_.dimension)};
    if (!positions_.empty()) add(y, positions_[phase], budget_);
    return y;
}

/// Whether something in this direction may be found, so that it must be remembered.
bool Sequence::may_matter(Seat& seat, std::size_t query, const Level& level, Spot spot) {
    std::set<std::size_t> asking, left, there;
    for (const auto* held : {&level.inner, &level.final})
        for (const auto& [line, phase] : *held) {
            const std::size_t found = kind(seat, query, {line, phase});
            if (held == &level.inner) left.insert(found);
            if (held == &level.inner || spot == is_right) there.insert(found);
            if (this->query(seat, {line, phase}) == query) asking.insert(found);
        }
    return !seat.preference.out_of_reach(spot, there, asking, left);
}

/// Kinds that can come to be the preferred one to the right: closed from the end of the sequence to the left.
void Sequence::find_guesses(Register& reg, Seat& seat, const Level& level) {
    std::set<std::uint32_t> known, inner;
    for (const auto& [line, phase] : level.final)
        known.insert(static_cast<std::uint32_t>(kind(seat, reg.query, {line, phase})));
    for (const auto& [line, phase] : level.inner)
        inner.insert(static_cast<std::uint32_t>(kind(seat, reg.query, {line, phase})));
    reg.any_end = known.empty();
    if (reg.any_end) known = inner;
    for (bool grows = true; grows;) {
        grows = false;
        for (const std::uint32_t c : inner) {
            if (known.contains(c)) continue;
            const bool comes = std::any_of(known.begin(), known.end(), [&](std::uint32_t g) {
                return !seat.preference.later(is_right, c, is_right, g).value_or(false);
            });
            if (comes) grows |= known.insert(c).second;
        }
    }
    reg.guesses.assign(known.begin(), known.end());
}

void Sequence::begin_run() {
    learned_ = false;
    size_ = 1;
    std::size_t guessed = 0;
    for (Level& level : levels_) {
        level.first = size_;
        for (Seat& seat : level.seats) {
            seat.near_at = size_;
            size_ += static_cast<std::size_t>(seat.preference.window());
            seat.registers.clear();
            for (const std::size_t query : seat.queries) {
                Register& reg = seat.registers.emplace_back();
                reg.query = query;
                if (seat.preference.sees_left() && may_matter(seat, query, level, is_far)) reg.far_at = size_++;
                if (!seat.preference.sees_right() || !may_matter(seat, query, level, is_right)) continue;
                if (guessed++ == most_guessed) refuse("limits", "more than 4096 things are guessed at one position");
                reg.right_at = size_++;
                find_guesses(reg, seat, level);
            }
        }
    }
}

bool Sequence::goes_one_way() const {
    return std::all_of(levels_.begin(), levels_.end(), [](const Level& level) {
        return std::none_of(level.seats.begin(), level.seats.end(),
                            [](const Seat& seat) { return seat.preference.sees_right(); });
    });
}

bool Sequence::accepts(const Line& y, const Phase& phase) {
    const Readout& readout = model_.readout;
    Affine map{readout.weight, {}};
    for (const Expression& bias : readout.bias) map.bias.push_back(bias.value({}, budget_));
    const Line logits = image(map, y, budget_);
    if (!readout.has_classes()) {
        if (const auto side = positive(logits.fixed[0], logits.slope[0], phase, budget_)) return *side;
        refuse("model.json: readout", "the score changes its side of 0 with the position");
    }
    if (logits.depends()) refuse("model.json: readout", "the logits depend on the position");
    const auto best = std::max_element(logits.fixed.begin(), logits.fixed.end());
    return readout.accepted[static_cast<std::size_t>(best - logits.fixed.begin())];
}

}  // namespace attest::checker
