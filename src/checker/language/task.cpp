#include "checker/language/task.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"

// FORMAT.md, section 18. Each task is computed position by position from its definition, with no cleverness that would
// have to be believed.

namespace attest::checker {
namespace {

using Word = std::vector<std::size_t>;
using Kind = Task::Kind;

const std::string nothing = "<s>";

std::size_t times(const Word& word, std::size_t symbol) {
    return static_cast<std::size_t>(std::count(word.begin(), word.end(), symbol));
}

/// How many symbols of the word occur in it as often as its i-th.
std::size_t equally_frequent(const Word& word, std::size_t i) {
    std::size_t number = 0;
    for (std::size_t j = 0; j < word.size(); ++j) {
        const bool is_first = std::find(word.begin(), word.end(), word[j]) - word.begin() == static_cast<long>(j);
        if (is_first && times(word, word[j]) == times(word, word[i])) ++number;
    }
    return number;
}

/// The first occurrences of the symbols, more frequent ones first, then earlier ones.
Word by_frequency(const Word& word) {
    Word firsts;
    for (std::size_t j = 0; j < word.size(); ++j)
        if (std::find(word.begin(), word.end(), word[j]) - word.begin() == static_cast<long>(j)) firsts.push_back(j);
    std::sort(firsts.begin(), firsts.end(), [&](std::size_t a, std::size_t b) {
        const std::size_t of_a = times(word, word[a]), of_b = times(word, word[b]);
        return of_a != of_b ? of_a > of_b : a < b;
    });
    return firsts;
}

/// Of the first so many symbols: T, P or F.
const char* prefix(const Word& word, std::size_t size) {
    Word open;
    for (std::size_t i = 0; i < size; ++i) {
        const bool closes = word[i] % 2 == 1;
        if (closes && (open.empty() || open.back() != word[i] / 2)) return "F";
        if (closes) open.pop_back();
        else open.push_back(word[i] / 2);
    }
    return open.empty() ? "T" : "P";
}

/// The digits of the word together.
std::size_t digit_sum(const Task& task, const Word& word) {
    std::size_t sum = 0;
    for (const std::size_t a : word) sum += static_cast<std::size_t>(task.alphabet[a][0] - '0');
    return sum;
}

std::size_t sum_modulo(const Task& task, const Word& word) {
    std::size_t sum = 0;
    for (const std::size_t a : word) sum += std::stoul(task.alphabet[a]);
    return sum % task.parameter;
}

/// By which symbols the first i + 1 go on, and whether they are a word.
std::string next(const Task& task, const Word& word, std::size_t i, Budget& budget) {
    Word beginning(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(i + 1));
    const bool is_word = task.language->contains(beginning, budget);
    std::string digits;
    beginning.push_back(0);
    for (std::size_t a = 0; a < task.alphabet.size(); ++a) {
        beginning.back() = a;
        digits += (*task.goes_on)(*task.language, beginning, budget) ? '1' : '0';
    }
    return digits + (is_word ? '1' : '0');
}

/// What is wanted at position i, from 0.
std::string wanted(const Task& task, const Word& word, std::size_t i, Budget& budget) {
    switch (task.kind) {
        case Kind::reverse: return task.alphabet[word[word.size() - 1 - i]];
        case Kind::hist: return std::to_string(times(word, word[i]));
        case Kind::double_hist: return std::to_string(equally_frequent(word, i));
        case Kind::dyck: return prefix(word, i + 1);
        case Kind::shift: return i < task.parameter ? nothing : task.alphabet[word[i - task.parameter]];
        case Kind::count: return std::to_string(times(word, task.parameter));
        case Kind::sum: return std::to_string(digit_sum(task, word));
        case Kind::sum_mod: return std::to_string(sum_modulo(task, word));
        case Kind::next: return next(task, word, i, budget);
        case Kind::sort: {
            Word sorted = word;
            std::sort(sorted.begin(), sorted.end());
            return task.alphabet[sorted[i]];
        }
        case Kind::most_freq: {
            const Word order = by_frequency(word);
            return i < order.size() ? task.alphabet[word[order[i]]] : nothing;
        }
    }
    return nothing;
}

/// Pairs of brackets in a row.
bool is_brackets(const std::vector<Symbol>& alphabet) {
    const std::string pairs = "()[]{}<>";
    for (std::size_t a = 0; a < alphabet.size(); a += 2) {
        const std::size_t at = alphabet[a].size() == 1 ? pairs.find(alphabet[a]) : std::string::npos;
        if (at == std::string::npos || at % 2 == 1 || a + 1 == alphabet.size() ||
            alphabet[a + 1] != pairs.substr(at + 1, 1))
            return false;
    }
    return true;
}

bool is_digit(const Symbol& symbol) { return symbol.size() == 1 && symbol[0] >= '0' && symbol[0] <= '9'; }

/// A modulus, and symbols that are numbers below it; false if it is not so.
bool read_modular(const std::string& parameter, Task& task) {
    constexpr long greatest = 4096;
    const auto modulus = natural(parameter, greatest);
    if (!modulus || *modulus == 0) return false;
    task.kind = Kind::sum_mod;
    task.parameter = static_cast<std::size_t>(*modulus);
    return std::all_of(task.alphabet.begin(), task.alphabet.end(),
                       [&](const Symbol& symbol) { return natural(symbol, *modulus - 1).has_value(); });
}

/// A language over the alphabet of the task; false if it is over another.
bool read_next(const std::string& parameter, const std::string& place, Task& task, Budget& budget) {
    if (needs_language_file(parameter)) throw Defect(place, "next is not for languages in tables and files");
    task.kind = Kind::next;
    try {
        task.language = std::make_shared<const Language>(read_language(parameter, task.alphabet, 0, {}, budget));
    } catch (const Defect& defect) {
        throw Defect(defect.place() == "limits" ? defect.place() : place, defect.what());
    }
    task.goes_on = std::make_shared<const Continuation>(*task.language, place, budget);
    return task.language->alphabet == task.alphabet;
}

}  // namespace

Task read_task(const std::string& text, const std::vector<Symbol>& alphabet, const std::string& place, Budget& budget) {
    Task task{Kind::reverse, alphabet, 0, {}, {}, {}};
    const auto refuse = [&]() { throw Defect(place, "\"" + text + "\" is not a task over this alphabet"); };
    const std::size_t colon = text.find(':');
    const std::string name = text.substr(0, colon);
    const std::string parameter = colon == std::string::npos ? "" : text.substr(colon + 1);
    constexpr std::pair<const char*, Kind> plain[] = {
        {"reverse", Kind::reverse},         {"sort", Kind::sort},           {"hist", Kind::hist},
        {"double-hist", Kind::double_hist}, {"most-freq", Kind::most_freq}, {"sum", Kind::sum}};
    for (const auto& [known, kind] : plain) {
        if (text != known) continue;
        task.kind = kind;
        if (kind == Kind::sum && !std::all_of(alphabet.begin(), alphabet.end(), is_digit)) refuse();
        return task;
    }
    if (name == "dyck-ptf") {
        constexpr long most_kinds = 4;
        const auto kinds = natural(parameter, most_kinds);
        if (!kinds || *kinds == 0 || alphabet.size() != 2 * static_cast<std::size_t>(*kinds) || !is_brackets(alphabet))
            refuse();
        task.kind = Kind::dyck;
    } else if (name == "shift") {
        constexpr long furthest = 1'000'000;
        const auto distance = natural(parameter, furthest);
        if (!distance || *distance == 0) refuse();
        task.kind = Kind::shift;
        task.parameter = static_cast<std::size_t>(*distance);
    } else if (name == "count" && colon != std::string::npos) {
        const auto found = std::find(alphabet.begin(), alphabet.end(), parameter);
        if (found == alphabet.end()) refuse();
        task.kind = Kind::count;
        task.parameter = static_cast<std::size_t>(found - alphabet.begin());
    } else if (name == "sum-mod" || name == "add") {
        if (!read_modular(parameter, task)) refuse();
        if (name == "add") task.length = 2;
    } else if (name == "next" && colon != std::string::npos) {
        if (!read_next(parameter, place, task, budget)) refuse();
    } else {
        refuse();
    }
    return task;
}

std::vector<std::string> expected(const Task& task, const Word& word, Budget& budget) {
    const std::uint64_t n = word.size();
    budget.step(n * n, 10);
    if (task.kind == Kind::double_hist || task.kind == Kind::most_freq) budget.step(n * n, n);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < word.size(); ++i) texts.push_back(wanted(task, word, i, budget));
    return texts;
}

}  // namespace attest::checker
