#include "checker/translation/task_program.hpp"

#include "checker/kernel/defect.hpp"
#include "checker/translation/program_circuit.hpp"

// FORMAT.md, section 26.2, line by line: what a task asks for as a program, of which section 19 makes a circuit.

namespace attest::checker {
namespace {

using TaskStep = Program::Step;
using Take = Program::Take;

class ProgramOfTask {
  public:
    ProgramOfTask(const Task& task, std::size_t length, Budget& budget)
        : task_(task), n_(static_cast<long>(length)), m_(task.alphabet.size()), budget_(budget) {
        p_.alphabet = task.alphabet;
        p_.every = true;
        s_ = add("s", TaskStep::Kind::symbol);
        i_ = add("i", TaskStep::Kind::position);
        c_ = add("c", TaskStep::Kind::constant);
        p_.steps[c_].constant = number(1);
    }

    Program write() {
        switch (task_.kind) {
            case Task::Kind::reverse: p_.value = shifted(0, true); break;
            case Task::Kind::shift: p_.value = shifted(static_cast<long>(task_.parameter), false); break;
            case Task::Kind::hist: p_.value = same("h", Mask::none); break;
            case Task::Kind::count: p_.value = occurrences("k", task_.parameter, task_.parameter + 1); break;
            case Task::Kind::sum: p_.value = sum(); break;
            case Task::Kind::sort: p_.value = sort(); break;
            case Task::Kind::double_hist: p_.value = double_hist(); break;
            case Task::Kind::most_freq: p_.value = most_freq(); break;
            case Task::Kind::dyck: p_.value = dyck(); break;
            case Task::Kind::sum_mod:
            case Task::Kind::next: throw Defect("manifest.json: evidence.kind", "the task has no circuit");
        }
        return std::move(p_);
    }

  private:
    std::size_t number(long n) { return p_.values.integer(n, budget_); }
    std::size_t text(const std::string& t) { return p_.values.text(t, budget_); }
    std::size_t symbol(std::size_t a) { return text(task_.alphabet[a]); }

    std::size_t add(const std::string& name, TaskStep::Kind kind) {
        budget_.memory(512);
        p_.steps.emplace_back();
        p_.steps.back().name = name;
        p_.steps.back().kind = kind;
        return p_.steps.size() - 1;
    }

    std::size_t attend(const std::string& name, std::size_t query, std::size_t key, Mask mask, Take take,
                       std::size_t value, std::size_t none) {
        const std::size_t at = add(name, TaskStep::Kind::attend);
        TaskStep& step = p_.steps[at];
        step.query = query;
        step.key = key;
        step.mask = mask;
        step.take = take;
        step.value = value;
        step.none = none;
        return at;
    }
    void pair(std::size_t step, std::size_t query, std::size_t key) {
        auto& pairs = p_.steps[step].pairs;
        if (pairs.size() <= query) pairs.resize(query + 1);
        if (pairs[query].size() <= key) {
            budget_.memory(key + 1 - pairs[query].size());
            pairs[query].resize(key + 1, 0);
        }
        pairs[query][key] = 1;
        budget_.step(4);
    }

    std::size_t map(const std::string& name, std::vector<std::size_t> of, std::size_t otherwise) {
        const std::size_t at = add(name, TaskStep::Kind::map);
        p_.steps[at].of = std::move(of);
        p_.steps[at].otherwise = otherwise;
        return at;
    }
    void entry(std::size_t step, const std::vector<std::size_t>& tuple, std::size_t value) {
        TaskStep& s = p_.steps[step];
        std::size_t node = 0;
        for (std::size_t k = 0; k < tuple.size(); ++k) {
            budget_.memory(64);
            const bool last = k + 1 == tuple.size();
            const auto [next, added] =
                s.table.emplace((static_cast<std::uint64_t>(node) << 32) | tuple[k], last ? value : s.nodes);
            if (added && !last) ++s.nodes;
            node = next->second;
        }
    }

    std::size_t same(const std::string& name, Mask mask) {
        const std::size_t at = attend(name, s_, s_, mask, Take::count, 0, number(0));
        for (std::size_t a = 0; a < m_; ++a) pair(at, symbol(a), symbol(a));
        return at;
    }
    /// Of the symbols from one to before another.
    std::size_t occurrences(const std::string& name, std::size_t first, std::size_t end) {
        const std::size_t at = attend(name, c_, s_, Mask::none, Take::count, 0, number(0));
        for (std::size_t a = first; a < end; ++a) pair(at, number(1), symbol(a));
        return at;
    }

    std::size_t shifted(long distance, bool mirrored) {
        const std::size_t at = attend("r", i_, i_, Mask::none, Take::left, s_, text("<s>"));
        for (long p = 1; p <= n_; ++p) {
            const long from = mirrored ? n_ + 1 - p : p - distance;
            if (from >= 1) pair(at, number(p), number(from));
        }
        return at;
    }

    std::size_t sum() {
        const std::size_t d = map("d", {s_}, number(0));
        for (std::size_t a = 0; a < m_; ++a) entry(d, {symbol(a)}, number(task_.alphabet[a][0] - '0'));
        const std::size_t x = attend("x", c_, c_, Mask::none, Take::sum, d, number(0));
        pair(x, number(1), number(1));
        return x;
    }

    std::size_t sort() {
        std::vector<std::size_t> reaches;
        for (std::size_t b = 1; b < m_; ++b) {
            const std::size_t k = occurrences("k" + std::to_string(b), 0, b);
            reaches.push_back(map("e" + std::to_string(b), {i_, k}, number(0)));
            for (long p = 1; p <= n_; ++p)
                for (long j = p; j <= n_; ++j) entry(reaches.back(), {number(p), number(j)}, number(1));
        }
        std::size_t r = add("r" + std::to_string(m_), TaskStep::Kind::constant);
        p_.steps[r].constant = symbol(m_ - 1);
        for (std::size_t b = m_ - 1; b >= 1; --b) {
            r = map("r" + std::to_string(b), {reaches[b - 1], r}, text("<s>"));
            for (std::size_t a = b; a < m_; ++a) {
                entry(r, {number(1), symbol(a)}, symbol(b - 1));
                entry(r, {number(0), symbol(a)}, symbol(a));
            }
        }
        return r;
    }

    std::size_t double_hist() {
        const std::size_t h = same("h", Mask::none);
        std::size_t t = 0;
        for (std::size_t b = 1; b <= m_; ++b) {
            const std::size_t k = occurrences("k" + std::to_string(b), b - 1, b);
            const std::size_t q = map("q" + std::to_string(b), {h, k}, number(0));
            for (long x = 1; x <= n_; ++x) entry(q, {number(x), number(x)}, number(1));
            if (b == 1) {
                t = q;
                continue;
            }
            t = map("t" + std::to_string(b), {t, q}, number(0));
            for (long x = 0; x < static_cast<long>(b); ++x)
                for (long y = 0; y <= 1; ++y) entry(t, {number(x), number(y)}, number(x + y));
        }
        return t;
    }

    std::size_t most_freq() {
        constexpr long longest = 32;
        if (n_ > longest) throw Defect("manifest.json: claim.length", "most-freq has a circuit up to length 32");
        const auto code = [&](long p, long k) { return number(p * (n_ + 1) + k); };
        const std::size_t h = same("h", Mask::none), f = same("f", Mask::strict);
        const std::size_t u = map("u", {i_, h, f}, number(0));
        const std::size_t b = attend("b", u, u, Mask::none, Take::count, 0, number(0));
        const std::size_t v = map("v", {u, b}, number(0));
        const std::size_t r = attend("r", i_, v, Mask::none, Take::left, s_, text("<s>"));
        for (long p = 1; p <= n_; ++p) {
            pair(r, number(p), number(p));
            for (long k = 1; k <= n_; ++k) {
                entry(u, {number(p), number(k), number(0)}, code(p, k));
                for (long x = 0; x < n_; ++x) entry(v, {code(p, k), number(x)}, number(x + 1));
                for (long q = 1; q <= n_; ++q)
                    for (long l = 1; l <= n_; ++l)
                        if (l > k || (l == k && q < p)) pair(b, code(p, k), code(q, l));
            }
        }
        return r;
    }

    std::size_t dyck() {
        const std::size_t d = map("d", {s_}, number(0));
        const std::size_t z = attend("z", c_, c_, Mask::causal, Take::sum, d, number(0));
        pair(z, number(1), number(1));
        const std::size_t y = map("y", {s_, z}, number(0)), x = map("x", {s_, z}, number(0));
        const std::size_t g = attend("g", y, x, Mask::strict, Take::right, s_, number(0));
        const std::size_t b = map("b", {s_, g}, number(1));
        const std::size_t f = attend("f", c_, b, Mask::causal, Take::left, c_, number(0));
        pair(f, number(1), number(1));
        const std::size_t r = map("r", {f, z}, text("P"));
        for (std::size_t a = 0; a < m_; a += 2) {
            entry(d, {symbol(a)}, number(1));
            entry(d, {symbol(a + 1)}, number(-1));
            entry(b, {symbol(a), number(0)}, number(0));
            entry(b, {symbol(a + 1), symbol(a)}, number(0));
            for (long k = 1; k <= n_; ++k) {
                entry(y, {symbol(a + 1), number(k - 1)}, number(k));
                entry(x, {symbol(a), number(k)}, number(k));
            }
        }
        for (long k = 1; k <= n_; ++k) pair(g, number(k), number(k));
        for (long k = -n_; k <= n_; ++k) entry(r, {number(1), number(k)}, text("F"));
        entry(r, {number(0), number(0)}, text("T"));
        return r;
    }

    const Task& task_;
    long n_;
    std::size_t m_;
    Budget& budget_;
    Program p_;
    std::size_t s_ = 0, i_ = 0, c_ = 0;
};

}  // namespace

Program program_of(const Task& task, std::size_t length, Budget& budget) {
    constexpr std::size_t longest = 1 << 16;
    if (length == 0 || length > longest) throw Defect("manifest.json: claim.length", "no circuit is of this length");
    return ProgramOfTask(task, length, budget).write();
}

Miter build_task_miter(Program& program, const Task& task, std::size_t length,
                       const std::vector<std::vector<std::size_t>>& words, Budget& budget) {
    const WordInputs word{program.alphabet.size(), length};
    Circuit circuit(word.count(), budget);
    const AnswerLiterals found = translate_answers(circuit, word, program, budget);
    Program of_task = program_of(task, length, budget);
    const AnswerLiterals wanted = translate_answers(circuit, word, of_task, budget);
    const Literal differs = answers_differ(circuit, found, wanted, budget);
    Literals roots{but_for(circuit, word, differs, words), found.fault};
    Circuit cone = circuit.cone(roots, budget);
    return {std::move(cone), std::move(roots), word.symbols, word.length};
}

}  // namespace attest::checker
