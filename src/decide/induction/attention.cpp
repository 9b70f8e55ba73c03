#include "attention.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"

// Which of two positions a head prefers must not depend on where they are, but for what the machine remembers: the kind of each,
// and whether it lies in the window. Then the best of all positions so far is found by keeping the best and comparing it with each
// newcomer, and the first step of that is this comparison, for all positions that lie so at once: the difference of the
// two scores is a quotient in the distances between them, and its coefficients show its sign.

namespace attest::induction {

namespace {

using exact::Operation;
using exact::Rational;
using network::Mask;
using network::Tie;

Polynomial number(std::int64_t value) { return Polynomial(Rational(value)); }

/// Σ a_k b_k, nothing for a vector without slopes.
Rational dot(const exact::Vector& a, const exact::Vector& b) {
    return a.empty() || b.empty() ? Rational() : exact::dot(a, b);
}

/// The positions of a phase that are at least `least`, as first + step · variable; nothing if there are none.
std::optional<Polynomial> positions(const Phase& phase, std::int64_t least, std::size_t variable) {
    if (phase.step == 0) return phase.first >= least ? std::optional(number(phase.first)) : std::nullopt;
    std::int64_t first = phase.first;
    if (first < least) first += (least - first + phase.step - 1) / phase.step * phase.step;
    return number(first) + number(phase.step) * Polynomial::variable(variable);
}

}  // namespace

HeadMachine::HeadMachine(const network::Attention& attention, const network::Head& head, const Parameters& parameters,
                         bool last, std::string name)
    : attention_(attention),
      head_(head),
      parameters_(parameters),
      mask_(attention.mask_of(head)),
      tie_(attention.tie_of(head)),
      last_(last),
      bias_in_j_(head.bias.uses(Operation::variable_j)),
      looks_at_phase_(bias_in_j_ && parameters.phases() > 1),
      window_(bias_in_j_ && head.bias.uses(Operation::variable_i) && sees_left() ? parameters.window : 0),
      name_(std::move(name)) {
    if (last_ && bias_in_j_ && head.bias.uses(Operation::variable_n) && sees_left()) window_ = parameters.window;
}

HeadMachine::Query HeadMachine::query(std::uint32_t number, const Form& x) {
    const auto found = query_of_.find(number);
    if (found != query_of_.end()) return found->second;
    const Query query = queries_.number(head_.query ? induction::apply(*head_.query, x) : Form{});
    return query_of_[number] = query;
}

HeadMachine::Kind HeadMachine::kind(Query query, std::uint32_t number, const Form& x, std::uint32_t phase) {
    if (!looks_at_phase_) phase = 0;
    const auto key = std::tuple(query, number, phase);
    const auto found = kind_of_.find(key);
    if (found != kind_of_.end()) return found->second;
    return kind_of_[key] = make_kind(query, x, phase);
}

HeadMachine::Kind HeadMachine::make_kind(Query query, const Form& x, std::uint32_t phase) {
    Content content;
    content.phase = phase;
    if (head_.query) {
        const Form& q = queries_[query];
        const Form k = induction::apply(*head_.key, x);
        content.one = dot(q.constant, k.constant);
        content.j = dot(q.constant, k.slope);
        content.i = dot(q.slope, k.constant);
        content.ij = dot(q.slope, k.slope);
    }
    const Form brought = induction::apply(head_.output, induction::apply(head_.value, x));
    if (brought.moves())
        throw base::Unsupported(
            fmt::format("{}: what it brings from a position changes with the position without end, which no finite "
                        "machine remembers",
                        name_));
    content.image = images_.number(brought.constant);
    return kinds_.number(content);
}

bool HeadMachine::later_wins(Place where_a, Kind a, Place where_b, Kind b) {
    if (const auto later = compare(where_a, a, where_b, b)) return *later;
    throw base::Unsupported(fmt::format(
        "{}: which of two positions it prefers depends on where they are, beyond what a finite machine remembers",
        name_));
}

std::optional<bool> HeadMachine::compare(Place where_a, Kind a, Place where_b, Kind b) {
    const auto key = std::tuple(where_a, a, where_b, b);
    const auto found = decided_.find(key);
    if (found != decided_.end()) return found->second;
    return decided_.emplace(key, decide(where_a, a, where_b, b)).first->second;
}

HeadMachine::Two HeadMachine::lay_out(Place where_a, Kind a, Place where_b, Kind b) const {
    using Where = Place::Kind;
    const auto phase_of = [&](Kind kind) {
        return looks_at_phase_ ? parameters_.phase(kinds_[kind].phase) : Phase{1, 1};
    };
    const Phase pa = phase_of(a);
    Phase pb = phase_of(b);
    const Polynomial u = Polynomial::variable(1), w = Polynomial::variable(2);
    const Polynomial more = last_ ? Polynomial() : Polynomial::variable(3);
    Polynomial i, ja, jb, n;
    if (where_a.kind == Where::right) {  // right of the asking position phases are not looked at
        i = number(1) + Polynomial::variable(0);
        ja = i + number(1) + u;
        jb = ja + number(1) + w;
        n = jb + more;
        return {{i, ja, n, 0}, {i, jb, n, 0}, true};
    }
    ja = *positions(pa, 1, 0);
    if (where_b.kind == Where::right) {
        i = where_a.kind == Where::near ? ja + number(where_a.distance) : ja + number(window_ + 1) + u;
        jb = i + number(1) + w;
        n = jb + more;
        return {{i, ja, n, 0}, {i, jb, n, 0}, true};
    }
    if (where_a.kind == Where::near) {
        jb = ja + number(where_a.distance - where_b.distance);
    } else {
        const std::int64_t apart = where_b.kind == Where::near ? window_ + 1 - where_b.distance : 1;
        if (pa.step == 0) {
            const auto later = positions(pb, pa.first + apart, 1);
            if (!later) return {{}, {}, false};
            jb = *later;
        } else {
            if (pb.step == 0) return {{}, {}, false};  // a single position is left of all that have a remainder
            std::int64_t distance = (pb.first - pa.first) % pb.step;
            while (distance < apart) distance += pb.step;
            jb = ja + number(distance) + number(pb.step) * u;
        }
    }
    i = where_b.kind == Where::near ? jb + number(where_b.distance) : jb + number(window_ + 1) + w;
    n = i + more;
    return {{i, ja, n, 0}, {i, jb, n, 0}, true};
}

std::optional<Quotient> HeadMachine::score(const Content& c, const Region& at) const {
    const Polynomial product =
        Polynomial(c.one) + Polynomial(c.j) * at.j + Polynomial(c.i) * at.i + Polynomial(c.ij) * at.i * at.j;
    if (!bias_in_j_) return Quotient{product};  // the scale is positive, and the bias the same for both
    Region region = at;
    region.dk = static_cast<std::int64_t>(head_.query_rows());
    const auto bias = evaluate(head_.bias, region);
    const auto scale = head_.query ? evaluate(attention_.scale, region) : Quotient{Polynomial(1)};
    if (!bias || !scale) return std::nullopt;
    return *scale * Quotient{product} + *bias;
}

std::optional<bool> HeadMachine::decide(Place where_a, Kind a, Place where_b, Kind b) const {
    const Two two = lay_out(where_a, a, where_b, b);
    if (!two.possible) return false;
    const auto score_a = score(kinds_[a], two.a), score_b = score(kinds_[b], two.b);
    if (!score_a || !score_b) return std::nullopt;
    const Signs s = signs(*score_b - *score_a);
    if (tie_ == Tie::left) {  // of equal scores the left one
        if (!s.positive) return false;
        if (!s.negative && !s.zero) return true;
    } else {
        if (!s.negative) return true;
        if (!s.positive && !s.zero) return false;
    }
    return std::nullopt;
}

}  // namespace attest::induction
