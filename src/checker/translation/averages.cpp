#include "checker/translation/averages.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "checker/translation/value_set.hpp"

// A head of average attention adds the mean over the candidates of greatest score that are there. A class of equal scores is
// read from left to right: after each of its positions the state is how many candidates were there, and the sum of what
// they add, and exactly one state is true, since a position has exactly one value. The last state of each step is said
// as none of the others. Then (number, sum) gives the mean (FORMAT.md section 25).
//
// Sums are kept once, by number, and with them to which sum an image leads: in a class of many positions the same few
// occur again and again.

namespace attest::checker {
namespace {

/// Sums of images, numbered; they are compared by coordinates.
class Sums {
  public:
    Sums(const std::vector<const Vector*>& images, std::size_t size, Budget& budget)
        : images_(images), budget_(budget), after_(images.size()) {
        zero = number(Vector(size));
    }

    std::size_t plus(std::size_t sum, std::uint32_t image) {
        std::vector<std::size_t>& known = after_[image];
        if (known.size() <= sum) known.resize(sum + 1, none);
        if (known[sum] == none) {
            Vector vector = *sums_[sum];
            add_to(vector, *images_[image], budget_);
            const std::size_t target = number(std::move(vector));
            after_[image][sum] = target;
        }
        return after_[image][sum];
    }
    const Vector& operator[](std::size_t sum) const { return *sums_[sum]; }
    bool less(std::size_t a, std::size_t b) const { return a != b && VectorLess()(*sums_[a], *sums_[b]); }

    std::size_t zero;

  private:
    static constexpr std::size_t none = SIZE_MAX;

    std::size_t number(Vector vector) {
        const auto [entry, fresh] = numbers_.emplace(std::move(vector), sums_.size());
        if (!fresh) return entry->second;
        budget_.memory(128 + 64 * entry->first.size());
        sums_.push_back(&entry->first);
        return entry->second;
    }

    const std::vector<const Vector*>& images_;
    Budget& budget_;
    std::map<Vector, std::size_t, VectorLess> numbers_;
    std::vector<const Vector*> sums_;
    std::vector<std::vector<std::size_t>> after_;  ///< [image][sum]
};

struct State {
    std::size_t count;
    std::size_t sum;
    Literal literal;
};

/// From a state of the step before, by an image, or by no candidate.
struct Arrival {
    std::size_t count;
    std::size_t sum;
    std::size_t source;
    std::size_t by;  ///< place in the ways of the step
};

/// One way to read a position: the image that it adds, if any, and the literals of the values that do.
struct Way {
    bool adds;
    std::uint32_t image;
    Literals literals;
    std::optional<Literal> formed = {};  ///< T, once it was asked for
};

class ClassCounter {
  public:
    ClassCounter(Circuit& circuit, Sums& sums, Budget& budget) : circuit_(circuit), sums_(sums), budget_(budget) {
        states_.push_back({0, sums.zero, top});
    }

    void read(const Step& step) {
        std::vector<Way> ways;
        Way absent{false, 0, {}};
        for (const auto& [image, literal] : step.values) {
            const auto same = [&, u = image](const Way& way) { return way.image == u; };
            const auto found = std::find_if(ways.begin(), ways.end(), same);
            if (found == ways.end()) ways.push_back({true, image, {literal}});
            else found->literals.push_back(literal);
            absent.literals.push_back(literal);
        }
        always_ = step.whole && ways.size() == 1;
        if (!step.whole) ways.push_back(std::move(absent));
        states_ = reached(ways, arrivals(ways));
    }

    const std::vector<State>& states() const { return states_; }

  private:
    std::vector<Arrival> arrivals(const std::vector<Way>& ways) {
        budget_.step(4 * states_.size(), ways.size());
        budget_.memory(32 * states_.size());
        std::vector<Arrival> arrivals;
        for (std::size_t s = 0; s < states_.size(); ++s)
            for (std::size_t w = 0; w < ways.size(); ++w) {
                const auto& [count, sum, literal] = states_[s];
                if (ways[w].adds) arrivals.push_back({count + 1, sums_.plus(sum, ways[w].image), s, w});
                else arrivals.push_back({count, sum, s, w});
            }
        std::sort(arrivals.begin(), arrivals.end(), [&](const Arrival& a, const Arrival& b) {
            if (a.count != b.count) return a.count < b.count;
            if (a.sum != b.sum) return sums_.less(a.sum, b.sum);
            return a.source < b.source;
        });
        return arrivals;
    }

    std::vector<State> reached(std::vector<Way>& ways, const std::vector<Arrival>& arrivals) {
        std::vector<State> after;
        Literals others;
        Literals terms;
        for (std::size_t k = 0; k < arrivals.size(); ++k) {
            const auto& [count, sum, source, by] = arrivals[k];
            const bool is_last = count == arrivals.back().count && sum == arrivals.back().sum;
            if (is_last) {
                after.push_back({count, sum, circuit_.conjunction(others)});
                break;
            }
            const Literal here = read_as(ways[by]);
            terms.push_back(circuit_.conjunction(states_[source].literal, here));
            if (arrivals[k + 1].count == count && arrivals[k + 1].sum == sum) continue;
            after.push_back({count, sum, circuit_.disjunction(std::move(terms))});
            others.push_back(negated(after.back().literal));
            terms.clear();
        }
        return after;
    }

    Literal read_as(Way& way) {
        if (always_) return top;
        if (!way.formed) {
            const Literal some = circuit_.disjunction(std::move(way.literals));
            way.formed = way.adds ? some : negated(some);
        }
        return *way.formed;
    }

    Circuit& circuit_;
    Sums& sums_;
    Budget& budget_;
    std::vector<State> states_;  ///< ascending by number, then sum
    bool always_ = false;        ///< the position has one way to be read
};

class Averager {
  public:
    Averager(Circuit& circuit, const std::vector<const Vector*>& images, Budget& budget)
        : circuit_(circuit), images_(images), budget_(budget) {}

    std::vector<Mean> run(const std::vector<ScoreClass>& classes) {
        Literal none_before = top;
        for (std::size_t c = 0; c < classes.size(); ++c) {
            const Literal some = read(classes[c], none_before);
            if (c + 1 < classes.size()) none_before = circuit_.conjunction(none_before, negated(some));
        }
        std::vector<Mean> means;
        for (std::size_t u = 0; u < order_.size(); ++u)
            means.push_back({*order_[u], circuit_.disjunction(std::move(terms_[u]))});
        return means;
    }

  private:
    static bool all_the_same(const ScoreClass& steps) {
        const std::uint32_t first = steps.front().values.front().first;
        return std::all_of(steps.begin(), steps.end(), [&](const Step& step) {
            return std::all_of(step.values.begin(), step.values.end(),
                               [&](const auto& value) { return value.first == first; });
        });
    }

    void end(Vector mean, Literal none_before, Literal literal) {
        budget_.step(1 + mean.size());
        const auto [entry, fresh] = numbers_.emplace(std::move(mean), order_.size());
        if (fresh) {
            budget_.memory(160 + 64 * entry->first.size());
            order_.push_back(&entry->first);
            terms_.emplace_back();
        }
        terms_[entry->second].push_back(circuit_.conjunction(none_before, literal));
    }

    /// Returns E: some candidate of the class is there.
    Literal read(const ScoreClass& steps, Literal none_before) {
        if (all_the_same(steps)) {
            const Literal some = any(steps);
            end(*images_[steps.front().values.front().first], none_before, some);
            return some;
        }
        Sums sums(images_, images_.front()->size(), budget_);
        ClassCounter counter(circuit_, sums, budget_);
        for (const Step& step : steps) counter.read(step);
        Literal some = top;
        for (const State& state : counter.states()) {
            if (state.count == 0) {
                some = negated(state.literal);
                continue;
            }
            Vector mean = sums[state.sum];
            for (Rational& x : mean) x /= static_cast<unsigned long>(state.count);
            end(std::move(mean), none_before, state.literal);
        }
        return some;
    }

    Literal any(const ScoreClass& steps) {
        Literals literals;
        for (const Step& step : steps) {
            if (step.whole) return top;
            for (const auto& value : step.values) literals.push_back(value.second);
        }
        budget_.step(literals.size());
        return circuit_.disjunction(std::move(literals));
    }

    Circuit& circuit_;
    const std::vector<const Vector*>& images_;
    Budget& budget_;
    std::map<Vector, std::size_t, VectorLess> numbers_;
    std::vector<const Vector*> order_;
    std::vector<Literals> terms_;
};

}  // namespace

std::vector<Mean> means_of(Circuit& circuit, const std::vector<ScoreClass>& classes,
                           const std::vector<const Vector*>& images, Budget& budget) {
    return Averager(circuit, images, budget).run(classes);
}

}  // namespace attest::checker
