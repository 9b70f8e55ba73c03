#include "task_program.hpp"

#include <algorithm>

// Each task in a few steps over finite values, so that what is expected becomes a circuit by the same rules as what is
// answered. Names of variables and the order of steps are those of FORMAT.md, section 26.2.

namespace attest::task {

namespace {

using network::Mask;
using network::Program;
using Value = Program::Value;
using Pairs = std::set<std::pair<Value, Value>>;
using Take = Program::Take;
using Table = std::map<std::vector<Value>, Value>;

/// Ranks of most-freq are compared pair by pair.
constexpr std::int64_t longest_most_freq = 32;

Value number(std::int64_t n) { return exact::Rational(static_cast<long>(n)); }

class Writer {
  public:
    Writer(const language::Alphabet& alphabet, std::int64_t length) : symbols_(alphabet.symbols()), n_(length) {
        p_.alphabet = alphabet;
        p_.output.every = true;
        s_ = add("s", Program::Symbol{});
        i_ = add("i", Program::Position{1});
        c_ = add("c", Program::Constant{number(1)});
    }

    Program reverse() {
        Pairs pairs;
        for (std::int64_t p = 1; p <= n_; ++p) pairs.emplace(number(p), number(n_ + 1 - p));
        return answer(attend("r", i_, i_, pairs, Mask::none, Take::left, s_, std::string("<s>")));
    }

    Program shift(std::int64_t distance) {
        Pairs pairs;
        for (std::int64_t p = distance + 1; p <= n_; ++p) pairs.emplace(number(p), number(p - distance));
        return answer(attend("r", i_, i_, pairs, Mask::none, Take::left, s_, std::string("<s>")));
    }

    Program hist() { return answer(same_symbol("h", Mask::none)); }

    Program count(const std::string& symbol) { return answer(occurrences("k", {symbol})); }

    Program sum() {
        Table digits;
        for (const std::string& symbol : symbols_) digits[{symbol}] = number(symbol[0] - '0');
        const std::size_t d = map("d", {s_}, digits, number(0));
        return answer(attend("x", c_, c_, {{number(1), number(1)}}, Mask::none, Take::sum, d, number(0)));
    }

    /// The first symbol that, with those before it, occurs at least as often as the position is far.
    Program sort() {
        Table reached;
        for (std::int64_t p = 1; p <= n_; ++p)
            for (std::int64_t k = p; k <= n_; ++k) reached[{number(p), number(k)}] = number(1);
        std::vector<std::size_t> reaches;
        for (std::size_t b = 1; b < symbols_.size(); ++b) {
            const std::string at = std::to_string(b);
            const std::size_t k =
                occurrences("k" + at, {symbols_.begin(), symbols_.begin() + static_cast<std::ptrdiff_t>(b)});
            reaches.push_back(map("e" + at, {i_, k}, reached, number(0)));
        }
        std::size_t r = add("r" + std::to_string(symbols_.size()), Program::Constant{symbols_.back()});
        for (std::size_t b = symbols_.size() - 1; b > 0; --b) {
            Table first;
            for (std::size_t a = b; a < symbols_.size(); ++a) {
                first[{number(1), symbols_[a]}] = symbols_[b - 1];
                first[{number(0), symbols_[a]}] = symbols_[a];
            }
            r = map("r" + std::to_string(b), {reaches[b - 1], r}, first, std::string("<s>"));
        }
        return answer(r);
    }

    Program double_hist() {
        const std::size_t h = same_symbol("h", Mask::none);
        Table equal;
        for (std::int64_t k = 1; k <= n_; ++k) equal[{number(k), number(k)}] = number(1);
        std::size_t t = 0;
        for (std::size_t b = 1; b <= symbols_.size(); ++b) {
            const std::string at = std::to_string(b);
            const std::size_t k = occurrences("k" + at, {symbols_[b - 1]});
            const std::size_t q = map("q" + at, {h, k}, equal, number(0));
            if (b == 1) {
                t = q;
                continue;
            }
            Table plus;
            for (std::size_t x = 0; x < b; ++x)
                for (std::int64_t y = 0; y <= 1; ++y)
                    plus[{number(static_cast<std::int64_t>(x)), number(y)}] = number(static_cast<std::int64_t>(x) + y);
            t = map("t" + at, {t, q}, plus, number(0));
        }
        return answer(t);
    }

    /// First occurrences have the code p (N + 1) + h; of two the one with the greater h comes first, then the earlier one.
    Program most_freq() {
        const std::size_t h = same_symbol("h", Mask::none), f = same_symbol("f", Mask::strict);
        const auto code = [&](std::int64_t p, std::int64_t k) { return number(p * (n_ + 1) + k); };
        Table codes, ranks;
        Pairs ahead, places;
        for (std::int64_t p = 1; p <= n_; ++p) {
            places.emplace(number(p), number(p));
            for (std::int64_t k = 1; k <= n_; ++k) {
                codes[{number(p), number(k), number(0)}] = code(p, k);
                for (std::int64_t r = 0; r < n_; ++r) ranks[{code(p, k), number(r)}] = number(r + 1);
                for (std::int64_t q = 1; q <= n_; ++q)
                    for (std::int64_t l = k; l <= n_; ++l)
                        if (l > k || q < p) ahead.emplace(code(p, k), code(q, l));
            }
        }
        const std::size_t u = map("u", {i_, h, f}, codes, number(0));
        const std::size_t b = attend("b", u, u, ahead, Mask::none, Take::count, 0, number(0));
        const std::size_t v = map("v", {u, b}, ranks, number(0));
        return answer(attend("r", i_, v, places, Mask::none, Take::left, s_, std::string("<s>")));
    }

    /// z: the height. A closing bracket fits if the last opening one that led to the height before it is its own.
    Program dyck_ptf() {
        Table signs, asked, kept, fits, verdicts;
        for (std::size_t a = 0; a < symbols_.size(); ++a) {
            const bool opens = a % 2 == 0;
            signs[{symbols_[a]}] = number(opens ? 1 : -1);
            for (std::int64_t z = 0; z <= n_; ++z) {
                if (opens && z > 0) kept[{symbols_[a], number(z)}] = number(z);
                if (!opens && z < n_) asked[{symbols_[a], number(z)}] = number(z + 1);
            }
            if (!opens) {
                fits[{symbols_[a], symbols_[a - 1]}] = number(0);
                continue;
            }
            fits[{symbols_[a], number(0)}] = number(0);
        }
        Pairs heights;
        for (std::int64_t z = 1; z <= n_; ++z) heights.emplace(number(z), number(z));
        for (std::int64_t z = -n_; z <= n_; ++z) verdicts[{number(1), number(z)}] = std::string("F");
        verdicts[{number(0), number(0)}] = std::string("T");
        const std::size_t d = map("d", {s_}, signs, number(0));
        const std::size_t z = attend("z", c_, c_, {{number(1), number(1)}}, Mask::causal, Take::sum, d, number(0));
        const std::size_t y = map("y", {s_, z}, asked, number(0)), x = map("x", {s_, z}, kept, number(0));
        const std::size_t g = attend("g", y, x, heights, Mask::strict, Take::right, s_, number(0));
        const std::size_t b = map("b", {s_, g}, fits, number(1));
        const std::size_t f = attend("f", c_, b, {{number(1), number(1)}}, Mask::causal, Take::left, c_, number(0));
        return answer(map("r", {f, z}, verdicts, std::string("P")));
    }

  private:
    template <typename Step>
    std::size_t add(const std::string& name, Step step) {
        p_.variables.push_back({name, std::move(step)});
        return p_.variables.size() - 1;
    }
    std::size_t attend(const std::string& name, std::size_t query, std::size_t key, const Pairs& pairs, Mask mask,
                       Take take, std::size_t value, Value none) {
        return add(name, Program::Attend{query, key, pairs, mask, take, value, std::move(none)});
    }
    std::size_t map(const std::string& name, const std::vector<std::size_t>& of, const Table& table, Value otherwise) {
        return add(name, Program::Map{of, table, std::move(otherwise)});
    }
    Program answer(std::size_t variable) {
        p_.output.value = variable;
        return std::move(p_);
    }

    /// How often the symbol of the position occurs.
    std::size_t same_symbol(const std::string& name, Mask mask) {
        Pairs pairs;
        for (const std::string& symbol : symbols_) pairs.emplace(symbol, symbol);
        return attend(name, s_, s_, pairs, mask, Take::count, 0, number(0));
    }
    /// How often any of the symbols does.
    std::size_t occurrences(const std::string& name, const std::vector<std::string>& symbols) {
        Pairs pairs;
        for (const std::string& symbol : symbols) pairs.emplace(number(1), symbol);
        return attend(name, c_, s_, pairs, Mask::none, Take::count, 0, number(0));
    }

    const std::vector<std::string>& symbols_;
    std::int64_t n_;
    Program p_;
    std::size_t s_ = 0, i_ = 0, c_ = 0;
};

}  // namespace

std::optional<network::Program> task_program(const language::Task& task, const language::Alphabet& alphabet,
                                             std::int64_t length) {
    const std::size_t colon = task.name().find(':');
    const std::string name = task.name().substr(0, colon);
    const std::string parameter = colon == std::string::npos ? "" : task.name().substr(colon + 1);
    Writer writer(alphabet, length);
    if (name == "reverse") return writer.reverse();
    if (name == "sort") return writer.sort();
    if (name == "hist") return writer.hist();
    if (name == "double-hist") return writer.double_hist();
    if (name == "most-freq" && length <= longest_most_freq) return writer.most_freq();
    if (name == "dyck-ptf") return writer.dyck_ptf();
    if (name == "shift") return writer.shift(std::stoll(parameter));
    if (name == "count") return writer.count(parameter);
    if (name == "sum") return writer.sum();
    return std::nullopt;
}

}  // namespace attest::task
