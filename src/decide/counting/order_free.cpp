#include "decide/counting/order_free.hpp"

#include <algorithm>
#include <map>

namespace attest::counting {

namespace {

using language::Symbol;
using language::Word;
using Class = std::uint32_t;

/// The automaton's states that words lead to, by what may follow.
class Classes {
  public:
    explicit Classes(const System& system) : system_(system), of_(system.next.size()) {
        for (std::size_t q = 0; q < of_.size(); ++q) of_[q] = system.accepting[q] ? 1 : 0;
        for (std::size_t known = 0; known != refine();) known = count_;
        first_.assign(count_, 0);
        for (std::size_t q = of_.size(); q-- > 0;) first_[of_[q]] = static_cast<std::uint32_t>(q);
        reach();
    }

    Class next(Class x, Symbol a) const { return of_[system_.next[first_[x]][a]]; }
    Class start() const { return of_[0]; }
    const std::vector<Class>& reached() const { return reached_; }
    std::size_t symbols() const { return system_.symbols; }

    Word word_to(Class x) const {
        Word word;
        for (; x != start(); x = arrival_[x].first) word.push_back(arrival_[x].second);
        std::reverse(word.begin(), word.end());
        return word;
    }

    /// A shortest word after which one of two classes accepts and the other does not.
    Word word_between(Class x, Class y) const {
        using Pair = std::pair<Class, Class>;
        std::vector<Pair> pairs{{x, y}};
        std::vector<std::pair<std::size_t, Symbol>> from{{0, 0}};
        std::map<Pair, bool> known{{pairs.front(), true}};
        std::size_t k = 0;
        while (accepts(pairs[k].first) == accepts(pairs[k].second)) {
            for (Symbol a = 0; a < symbols(); ++a) {
                const Pair to{next(pairs[k].first, a), next(pairs[k].second, a)};
                if (to.first == to.second || !known.emplace(to, true).second) continue;
                pairs.push_back(to);
                from.emplace_back(k, a);
            }
            ++k;
        }
        Word word;
        for (; k != 0; k = from[k].first) word.push_back(from[k].second);
        std::reverse(word.begin(), word.end());
        return word;
    }

  private:
    bool accepts(Class x) const { return system_.accepting[first_[x]]; }

    /// Moore's step; gives how many classes there are.
    std::size_t refine() {
        std::map<std::vector<Class>, Class> numbers;
        std::vector<Class> finer(of_.size());
        for (std::size_t q = 0; q < of_.size(); ++q) {
            std::vector<Class> signature{of_[q]};
            for (const std::uint32_t to : system_.next[q]) signature.push_back(of_[to]);
            finer[q] = numbers.emplace(std::move(signature), static_cast<Class>(numbers.size())).first->second;
        }
        of_ = std::move(finer);
        return count_ = numbers.size();
    }

    void reach() {
        std::vector<bool> seen(count_);
        arrival_.resize(count_);
        reached_ = {start()};
        seen[start()] = true;
        for (std::size_t k = 0; k < reached_.size(); ++k)
            for (Symbol a = 0; a < symbols(); ++a) {
                const Class to = next(reached_[k], a);
                if (seen[to]) continue;
                seen[to] = true;
                arrival_[to] = {reached_[k], a};
                reached_.push_back(to);
            }
    }

    const System& system_;
    std::vector<Class> of_;  ///< by state
    std::size_t count_ = 0;
    std::vector<std::uint32_t> first_;  ///< by class one of its states
    std::vector<Class> reached_;
    std::vector<std::pair<Class, Symbol>> arrival_;
};

Word joined(Word word, std::initializer_list<Symbol> middle, const Word& end) {
    word.insert(word.end(), middle);
    word.insert(word.end(), end.begin(), end.end());
    return word;
}

/// Two neighbours whose order can still be told after one more symbol.
std::optional<Exchange> find_exchange(const Classes& classes) {
    const auto symbols = static_cast<Symbol>(classes.symbols());
    for (const Class x : classes.reached())
        for (Symbol b = 0; b < symbols; ++b)
            for (Symbol c = b + 1; c < symbols; ++c) {
                const Class one = classes.next(classes.next(x, b), c), other = classes.next(classes.next(x, c), b);
                if (one == other) continue;
                for (Symbol a = 0; a < symbols; ++a) {
                    const Class p = classes.next(one, a), q = classes.next(other, a);
                    if (p == q) continue;
                    const Word before = classes.word_to(x), after = classes.word_between(p, q);
                    return Exchange{joined(before, {b, c, a}, after), joined(before, {c, b, a}, after)};
                }
            }
    return std::nullopt;
}

/// After how many of a symbol, at most, more change nothing, unless they go round for ever.
std::variant<Loop, std::uint32_t> powers_of(const Classes& classes, Symbol b) {
    std::map<Class, std::uint32_t> known;  // after how many
    std::uint32_t most = 0;
    for (const Class start : classes.reached()) {
        std::vector<Class> path{start};
        std::map<Class, std::size_t> places{{start, 0}};
        while (!known.contains(path.back())) {
            const Class to = classes.next(path.back(), b);
            if (to == path.back()) {
                known[to] = 0;
            } else if (const auto at = places.find(to); at != places.end()) {
                Word before = classes.word_to(start);
                before.insert(before.end(), at->second, b);
                return Loop{std::move(before), b, classes.word_between(to, classes.next(to, b))};
            } else {
                places.emplace(to, path.size());
                path.push_back(to);
            }
        }
        std::uint32_t steps = known.at(path.back());
        for (path.pop_back(); !path.empty(); path.pop_back()) known[path.back()] = ++steps;
        most = std::max(most, known.at(start));
    }
    return most;
}

bool act_alike(const Classes& classes, Symbol a, Symbol b) {
    return std::all_of(classes.reached().begin(), classes.reached().end(),
                       [&](Class x) { return classes.next(x, a) == classes.next(x, b); });
}

}  // namespace

std::variant<Exchange, Loop, Kinds> order_free(const System& system) {
    const Classes classes(system);
    if (auto exchange = find_exchange(classes)) return *std::move(exchange);
    Kinds kinds;
    std::vector<Symbol> first;  // of each kind
    for (Symbol a = 0; a < system.symbols; ++a) {
        const auto like = std::find_if(first.begin(), first.end(), [&](Symbol b) { return act_alike(classes, a, b); });
        kinds.of.push_back(static_cast<std::size_t>(like - first.begin()));
        if (like != first.end()) continue;
        first.push_back(a);
        auto powers = powers_of(classes, a);
        if (auto* loop = std::get_if<Loop>(&powers)) return std::move(*loop);
        kinds.threshold.push_back(std::get<std::uint32_t>(powers));
    }
    return kinds;
}

}  // namespace attest::counting
