// Average attention as gates: counting from left to right.
//
// Statement. Let a class be the candidates (position, value) of one score, c₁, c₂, … the classes by falling score. The
// head adds the mean of the images of those candidates of the first class with a present one. Of each class an automaton
// goes over its positions in ascending order; its state is the pair (k, S) of how many candidates are present so far, and
// the sum of their images. Then the mean is S/k in the last state, and the class has a present candidate iff k > 0. So the
// image u holds iff for some class none before it is present and the last state is one with S/k = u.
//
// Why the state is a literal. A position holds exactly one of its values, hence leaves each state for exactly one: by
// induction exactly one state after each step is true, and the last one of each step may be said without gates, as none
// of the others. Which is also why gates are shared: with a causal mask and one class the states after j positions are
// the same for all query positions from j on, and for MAJORITY they are those of the language's own counter.
//
// Size. With one coordinate, images that are whole numbers of size A and one class, at most 2 A j + 1 states after j
// positions. Where all images of a class are one, no automaton is needed, only whether the class is present.
//
// The order in which gates are made is that of FORMAT.md, section 25; a second implementation makes the same ones.
//
// Source  counting with threshold gates [hao2022formal], written out left to right

#include "average.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "attest/base/interner.hpp"
#include "stop.hpp"

namespace attest::compile {

using circuit::Literal;

bool is_one_image(const std::vector<Step>& steps) {
    const std::uint32_t first = steps.front().candidates.front().image;
    for (const Step& step : steps)
        for (const Candidate& c : step.candidates)
            if (c.image != first) return false;
    return true;
}

ScaledImages scaled_images(const std::vector<Step>& steps, const Images& images) {
    std::vector<bool> occurs(images.size(), false);
    for (const Step& step : steps)
        for (const Candidate& c : step.candidates) occurs[c.image] = true;
    const exact::Vector& some = images[steps.front().candidates.front().image];
    ScaledImages result;
    result.numbers.resize(images.size());
    for (std::uint32_t c = 0; c < some.size(); ++c) {
        mpz_class denominator = 1;
        bool differs = false;
        for (std::size_t u = 0; u < images.size(); ++u) {
            if (!occurs[u]) continue;
            differs |= images[u][c] != some[c];
            mpz_lcm(denominator.get_mpz_t(), denominator.get_mpz_t(), images[u][c].get_den_mpz_t());
        }
        if (!differs) continue;
        result.coordinates.push_back(c);
        for (std::size_t u = 0; u < images.size(); ++u)
            if (occurs[u]) result.numbers[u].push_back(images[u][c].get_num() * (denominator / images[u][c].get_den()));
        result.denominators.push_back(std::move(denominator));
    }
    return result;
}

namespace {

/// The sums of one coordinate in machine words, where even the greatest is far from overflow.
std::optional<std::vector<std::int64_t>> small(const ScaledImages& scaled, std::size_t steps) {
    if (scaled.coordinates.size() != 1) return std::nullopt;
    std::vector<std::int64_t> numbers;
    const mpz_class most = (mpz_class(1) << 62) / static_cast<unsigned long>(steps + 1);
    for (const auto& number : scaled.numbers) {
        if (!number.empty() && abs(number[0]) > most) return std::nullopt;
        numbers.push_back(number.empty() ? 0 : number[0].get_si());
    }
    return numbers;
}

std::int64_t plus(std::int64_t a, std::int64_t b) { return a + b; }
std::vector<mpz_class> plus(std::vector<mpz_class> a, const std::vector<mpz_class>& b) {
    for (std::size_t c = 0; c < a.size(); ++c) a[c] += b[c];
    return a;
}
mpz_class coordinate(std::int64_t sum, std::size_t) { return static_cast<long>(sum); }
mpz_class coordinate(const std::vector<mpz_class>& sum, std::size_t c) { return sum[c]; }

/// The automaton of one class. Sum: of images, a number or a list of them.
template <typename Sum>
class Counter {
  public:
    struct State {
        std::int64_t count;
        Sum sum;
        Literal holds;
    };

    Counter(circuit::Builder& builder, const std::vector<ValueSet>& values, const std::vector<Sum>& numbers,
            const AverageLimits& limits, Sum zero)
        : builder_(builder), values_(values), numbers_(numbers), limits_(limits) {
        states_.push_back({0, std::move(zero), circuit::top});
    }

    const std::vector<State>& run(const std::vector<Step>& steps) {
        for (const Step& step : steps) {
            limits_.poll();
            advance(step);
        }
        return states_;
    }

  private:
    static constexpr std::uint32_t stays = UINT32_MAX;

    /// A way to read the position of a step: a candidate with this image, or none.
    struct Way {
        std::uint32_t image;
        std::optional<Literal> taken;  ///< once it was asked for
    };
    /// A way into a state: from which state, by which way of the step.
    struct Arrival {
        std::int64_t count;
        Sum sum;
        std::uint32_t source, way;
    };

    void advance(const Step& step) {
        ways_.clear();
        for (const Candidate& c : step.candidates)
            if (std::none_of(ways_.begin(), ways_.end(), [&](const Way& way) { return way.image == c.image; }))
                ways_.push_back({c.image, std::nullopt});
        if (!step.whole) ways_.push_back({stays, std::nullopt});
        std::vector<Arrival> arrivals;
        for (std::uint32_t s = 0; s < states_.size(); ++s) {
            const State& state = states_[s];
            for (std::uint32_t w = 0; w < ways_.size(); ++w) {
                const std::uint32_t u = ways_[w].image;
                if (u == stays) arrivals.push_back({state.count, state.sum, s, w});
                else arrivals.push_back({state.count + 1, plus(state.sum, numbers_[u]), s, w});
            }
        }
        std::sort(arrivals.begin(), arrivals.end(), [](const Arrival& a, const Arrival& b) {
            if (a.count != b.count) return a.count < b.count;
            if (a.sum != b.sum) return a.sum < b.sum;
            return a.source < b.source;
        });
        form(step, arrivals);
    }

    void form(const Step& step, std::vector<Arrival>& arrivals) {
        std::vector<State> next;
        std::vector<Literal> others, ways;
        for (std::size_t from = 0; from < arrivals.size();) {
            std::size_t to = from + 1;
            while (to < arrivals.size() && arrivals[to].count == arrivals[from].count &&
                   arrivals[to].sum == arrivals[from].sum)
                ++to;
            Literal here;
            if (to == arrivals.size()) {
                here = builder_.conjunction(others);
            } else {
                ways.clear();
                for (std::size_t k = from; k < to; ++k) {
                    const Literal read = taken(step, ways_[arrivals[k].way]);
                    ways.push_back(builder_.conjunction({states_[arrivals[k].source].holds, read}));
                }
                here = builder_.disjunction(ways);
            }
            others.push_back(!here);
            next.push_back({arrivals[from].count, std::move(arrivals[from].sum), here});
            from = to;
        }
        if (next.size() > limits_.most_states)
            stop(verdict::Reason::memory, fmt::format("a head of average attention has {} pairs of a number and a sum "
                                                      "after position {}",
                                                      next.size(), step.position));
        states_ = std::move(next);
    }

    Literal taken(const Step& step, Way& way) {
        if (way.taken) return *way.taken;
        std::vector<Literal> literals;
        for (const Candidate& c : step.candidates)
            if (way.image == stays || c.image == way.image)
                literals.push_back(values_[static_cast<std::size_t>(step.position)][c.value].holds.front());
        const Literal any = ways_.size() == 1 ? circuit::top : builder_.disjunction(literals);
        way.taken = way.image == stays ? !any : any;
        return *way.taken;
    }

    circuit::Builder& builder_;
    const std::vector<ValueSet>& values_;
    const std::vector<Sum>& numbers_;  // by image of the ranking
    const AverageLimits& limits_;
    std::vector<State> states_;  // ascending by number, then sum
    std::vector<Way> ways_;      // of the step, images in order of first appearance
};

/// The images that one ranking can lead to, as classes are gone through from the first.
class Collector {
  public:
    Collector(circuit::Builder& builder, const Ranking& ranking, const std::vector<ValueSet>& values,
              const AverageLimits& limits)
        : builder_(builder), ranking_(ranking), values_(values), limits_(limits) {}

    Averages collect() {
        for (std::size_t c = 0; c < ranking_.classes.size(); ++c) {
            const Literal exists = add_class(ranking_.classes[c]);
            if (c + 1 < ranking_.classes.size()) none_before_ = builder_.conjunction({none_before_, !exists});
        }
        Averages result;
        for (std::uint32_t u = 0; u < images_.size(); ++u) {
            result.images.push_back(images_[u]);
            result.holds.push_back(builder_.disjunction(ways_[u]));
        }
        return result;
    }

  private:
    void add(exact::Vector image, Literal holds) {
        const std::uint32_t u = images_.number(std::move(image));
        if (u == ways_.size()) ways_.emplace_back();
        ways_[u].push_back(builder_.conjunction({none_before_, holds}));
    }

    /// Whether some candidate of the class is present.
    Literal add_class(const std::vector<Step>& steps) {
        limits_.poll();
        if (is_one_image(steps)) {
            const Literal exists = present(steps);
            add(ranking_.images[steps.front().candidates.front().image], exists);
            return exists;
        }
        const ScaledImages numbers = scaled_images(steps, ranking_.images);
        if (const auto words = small(numbers, steps.size())) return count<std::int64_t>(steps, numbers, *words, 0);
        return count<std::vector<mpz_class>>(steps, numbers, numbers.numbers,
                                             std::vector<mpz_class>(numbers.coordinates.size()));
    }

    Literal present(const std::vector<Step>& steps) {
        std::vector<Literal> literals;
        for (const Step& step : steps) {
            if (step.whole) return circuit::top;
            for (const Candidate& c : step.candidates)
                literals.push_back(values_[static_cast<std::size_t>(step.position)][c.value].holds.front());
        }
        return builder_.disjunction(literals);
    }

    template <typename Sum>
    Literal count(const std::vector<Step>& steps, const ScaledImages& scaled, const std::vector<Sum>& numbers,
                  Sum zero) {
        Counter<Sum> counter(builder_, values_, numbers, limits_, std::move(zero));
        Literal exists = circuit::top;
        for (const auto& state : counter.run(steps)) {
            if (state.count == 0) {
                exists = !state.holds;
                continue;
            }
            exact::Vector mean = ranking_.images[steps.front().candidates.front().image];
            for (std::size_t c = 0; c < scaled.coordinates.size(); ++c) {
                exact::Rational value(coordinate(state.sum, c),
                                      scaled.denominators[c] * static_cast<long>(state.count));
                value.canonicalize();
                mean[scaled.coordinates[c]] = value;
            }
            add(std::move(mean), state.holds);
        }
        return exists;
    }

    circuit::Builder& builder_;
    const Ranking& ranking_;
    const std::vector<ValueSet>& values_;
    const AverageLimits& limits_;
    Literal none_before_ = circuit::top;  // no candidate of an earlier class is present
    base::Interner<exact::Vector> images_;
    std::vector<std::vector<Literal>> ways_;  // by image
};

}  // namespace

Averages averages(circuit::Builder& builder, const Ranking& ranking, const std::vector<ValueSet>& values,
                  const AverageLimits& limits) {
    return Collector(builder, ranking, values, limits).collect();
}

}  // namespace attest::compile
