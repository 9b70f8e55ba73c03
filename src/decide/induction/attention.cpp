#include "attention.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"

// Which of two positions a head prefers must not depend on where they are, but for what the machine remembers: the kind of each,
// and whether it lies in the window. Then the best of all positions so far is found by keeping the best and comparing it with each
// newcomer, and the first step of that is this comparison, for all positions that lie so at once: the difference of the
// two scores is a quotient in the distances between them, and its coefficients show its sign.
//
// Of two far positions that may be open, where content weighs more than one step of the bias: then which is better depends on their
// distance. But if what is near at some distance is preferred to all that is far, whatever the two hold, nothing far is ever found, since
// beside each far position there is one at that distance; and what is not found need not be compared.

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
                         bool last, bool carried, std::string name)
    : attention_(attention),
      head_(head),
      parameters_(parameters),
      mask_(attention.mask_of(head)),
      tie_(attention.tie_of(head)),
      last_(last),
      bias_in_j_(head.bias.uses(Operation::variable_j)),
      looks_at_phase_(bias_in_j_ && parameters.phases() > 1),
      window_(sees_left() && (bias_in_j_ || (carried && head.query)) ? parameters.window : 0),
      name_(std::move(name)) {}

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
    const bool right = where_a.kind == Place::Kind::right;
    throw base::Unsupported(fmt::format(
        "{}: which of two positions {} prefers depends on where they are, {}", name_, right ? "to the right it" : "it",
        right ? "and nothing of that is guessed" : "beyond what a finite machine remembers"));
}

std::optional<bool> HeadMachine::compare(Place where_a, Kind a, Place where_b, Kind b) {
    const auto key = std::tuple(where_a, a, where_b, b);
    const auto found = decided_.find(key);
    if (found != decided_.end()) return found->second;
    return decided_.emplace(key, decide(where_a, a, where_b, b)).first->second;
}

/// One kind of those that differ only in what the head brings: which is preferred does not depend on that.
std::vector<HeadMachine::Kind> HeadMachine::by_score(const std::set<Kind>& kinds) const {
    std::map<Content, Kind> first;
    for (const Kind k : kinds) {
        Content content = kinds_[k];
        content.image = 0;
        first.try_emplace(std::move(content), k);
    }
    std::vector<Kind> result;
    for (const auto& [content, kind] : first) result.push_back(kind);
    return result;
}

/// Whether all that lie there lose to all that are near at this distance, as far as they are met together.
bool HeadMachine::lose(Place where, const std::vector<Kind>& there, std::int64_t distance,
                       const std::vector<Kind>& near) {
    const Place rival{Place::Kind::near, distance};
    const bool left = where.kind == Place::Kind::old;
    for (const Kind n : near)
        for (const Kind k : there) {
            const auto later = left ? compare(where, k, rival, n) : compare(rival, n, where, k);
            if (later && *later == left) continue;
            if ((left ? lay_out(where, k, rival, n) : lay_out(rival, n, where, k)).possible) return false;
        }
    return true;
}

bool HeadMachine::forgets(Place where, const std::set<Kind>& there, const std::set<Kind>& own,
                          const std::set<Kind>& left) {
    const std::vector<Kind> losers = by_score(there);
    if (sees_itself() && lose(where, losers, 0, by_score(own))) return true;
    // Where something is far, there is a position at each distance of the window, and the head sees it.
    const std::vector<Kind> winners = by_score(left);
    for (std::int64_t d = 1; where.kind == Place::Kind::old && d <= window_; ++d)
        if (lose(where, losers, d, winners)) return true;
    return false;
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
    const auto is_number = [&](const Content& c) { return !bias_in_j_ && c.j == 0 && c.i == 0 && c.ij == 0; };
    if (is_number(kinds_[a]) && is_number(kinds_[b])) {  // then no phase is looked at, and any two may lie so
        const int order = cmp(kinds_[b].one, kinds_[a].one);
        return order != 0 ? order > 0 : tie_ == Tie::right;
    }
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
