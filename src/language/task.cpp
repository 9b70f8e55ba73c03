#include "attest/language/task.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <numeric>

#include "attest/base/error.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "next_symbols.hpp"

namespace attest::language {

namespace {

constexpr const char* nothing = "<s>";  // the text of positions that have no answer, as learned programs pad with it

[[noreturn]] void refuse(const std::string& expected, const std::string& found) {
    throw base::UsageError(fmt::format("--task: expected {}, found {}", expected, found));
}

/// How often each symbol occurs.
std::vector<std::size_t> counts(const Word& word, std::size_t symbols) {
    std::vector<std::size_t> count(symbols, 0);
    for (const Symbol a : word) ++count[a];
    return count;
}

}  // namespace

/// What the tasks are. Their functions see the task's symbols and parameter.
struct TaskRules {
    using Texts = std::vector<std::string>;

    static Texts symbols(const Task& task, const Word& word) {
        Texts texts;
        for (const Symbol a : word) texts.push_back(task.symbols_[a]);
        return texts;
    }
    static Texts reverse(const Task& task, const Word& word) { return symbols(task, Word(word.rbegin(), word.rend())); }
    static Texts sort(const Task& task, const Word& word) {
        Word sorted = word;
        std::sort(sorted.begin(), sorted.end());
        return symbols(task, sorted);
    }
    static Texts hist(const Task& task, const Word& word) {
        const auto count = counts(word, task.symbols_.size());
        Texts texts;
        for (const Symbol a : word) texts.push_back(std::to_string(count[a]));
        return texts;
    }
    static Texts double_hist(const Task& task, const Word& word) {
        const auto count = counts(word, task.symbols_.size());
        Texts texts;
        for (const Symbol a : word) texts.push_back(std::to_string(std::count(count.begin(), count.end(), count[a])));
        return texts;
    }
    static Texts most_freq(const Task& task, const Word& word) {
        const auto count = counts(word, task.symbols_.size());
        Word distinct;  // in the order in which they first occur
        for (const Symbol a : word)
            if (std::find(distinct.begin(), distinct.end(), a) == distinct.end()) distinct.push_back(a);
        std::stable_sort(distinct.begin(), distinct.end(), [&](Symbol a, Symbol b) { return count[a] > count[b]; });
        Texts texts = symbols(task, distinct);
        texts.resize(word.size(), nothing);
        return texts;
    }
    static Texts dyck_ptf(const Task&, const Word& word) {
        Word open;
        bool failed = false;
        Texts texts;
        for (const Symbol a : word) {
            if (a % 2 == 0) open.push_back(a);
            else if (!open.empty() && open.back() + 1 == a) open.pop_back();
            else failed = true;
            texts.emplace_back(failed ? "F" : open.empty() ? "T" : "P");
        }
        return texts;
    }
    /// The open brackets; one that is none stands for what can never be balanced any more.
    static std::string read_bracket(const Task&, Task::Seen& open, Symbol a) {
        constexpr char32_t failed = 0x10FFFF;
        if (!open.empty() && open[0] == failed) return "F";
        if (a % 2 == 0) open.push_back(a);
        else if (!open.empty() && open.back() + 1 == a) open.pop_back();
        else open.assign(1, failed);
        return open.empty() ? "T" : open[0] == failed ? "F" : "P";
    }
    /// Brackets that are further down than there are symbols to come are never closed: one mark stands for all of them.
    static void forget(const Task& task, Task::Seen& open, std::size_t left) {
        constexpr char32_t some = 0x10FFFE;
        if (task.read_ == read_bracket && open.size() > left) open.replace(0, open.size() - left, 1, some);
    }
    /// The last symbols, as far as they are shifted.
    static std::string read_shifted(const Task& task, Task::Seen& last, Symbol a) {
        last.push_back(a);
        if (last.size() <= task.parameter_) return nothing;
        const auto first = static_cast<Symbol>(last[0]);
        last.erase(0, 1);
        return task.symbols_[first];
    }
    static Texts shift(const Task& task, const Word& word) {
        Texts texts = symbols(task, word);
        texts.insert(texts.begin(), std::min(task.parameter_, word.size()), nothing);
        texts.resize(word.size());
        return texts;
    }
    static Texts count(const Task& task, const Word& word) {
        return Texts(word.size(), std::to_string(std::count(word.begin(), word.end(), task.parameter_)));
    }
    static Texts sum(const Task& task, const Word& word) {
        std::size_t total = 0;
        for (const Symbol a : word) total += static_cast<std::size_t>(task.symbols_[a][0] - '0');
        return Texts(word.size(), std::to_string(total));
    }
    static Texts sum_mod(const Task& task, const Word& word) {
        std::size_t total = 0;
        for (const Symbol a : word) total = (total + task.values_[a]) % task.parameter_;
        return Texts(word.size(), std::to_string(total));
    }
    static Texts next(const Task& task, const Word& word) { return task.next_->labels(word); }

    // What a task asks of the alphabet and of its parameter, the text after the colon.

    static std::size_t number(const Task& task, const std::string& text, std::size_t most) {
        std::size_t found = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), found);
        if (error != std::errc() || end != text.data() + text.size() || found < 1 || found > most || text[0] == '0')
            refuse(fmt::format("{} with a number from 1 to {}", task.name_.substr(0, task.name_.find(':') + 1), most),
                   base::printable(text.empty() ? "none" : text));
        return found;
    }
    static void dyck_alphabet(Task& task, const std::string& text) {
        constexpr std::size_t most = 4;
        static const Texts brackets = {"(", ")", "[", "]", "{", "}", "<", ">"};
        task.parameter_ = number(task, text, most);
        if (task.symbols_.size() != 2 * task.parameter_)
            refuse(fmt::format("an alphabet of {} pairs of brackets for {}", task.parameter_, task.name_),
                   fmt::format("{} symbols", task.symbols_.size()));
        for (std::size_t k = 0; k < task.symbols_.size(); k += 2) {
            const auto at = std::find(brackets.begin(), brackets.end(), task.symbols_[k]) - brackets.begin();
            if (at % 2 != 0 || static_cast<std::size_t>(at) + 1 >= brackets.size() ||
                task.symbols_[k + 1] != brackets[static_cast<std::size_t>(at) + 1])
                refuse("pairs of brackets in the order of the alphabet, such as ( ) { }",
                       base::printable(task.symbols_[k] + " " + task.symbols_[k + 1]));
        }
    }
    static void distance(Task& task, const std::string& text) {
        constexpr std::size_t most = 1'000'000;
        task.parameter_ = number(task, text, most);
    }
    static void symbol(Task& task, const std::string& text) {
        const auto found = std::find(task.symbols_.begin(), task.symbols_.end(), text);
        if (found == task.symbols_.end())
            refuse("count with a symbol of the alphabet", text.empty() ? "none" : "'" + base::printable(text) + "'");
        task.parameter_ = static_cast<std::size_t>(found - task.symbols_.begin());
    }
    static void digits(Task& task, const std::string&) {
        for (const std::string& symbol : task.symbols_)
            if (symbol.size() != 1 || symbol[0] < '0' || symbol[0] > '9')
                refuse("an alphabet of digits for sum", "'" + base::printable(symbol) + "'");
    }

    /// The symbols are numbers below the parameter.
    static void numbers(Task& task, const std::string& text) {
        constexpr std::size_t most = 4096;
        task.parameter_ = number(task, text, most);
        for (const std::string& symbol : task.symbols_) {
            std::size_t value = 0;
            const auto [end, error] = std::from_chars(symbol.data(), symbol.data() + symbol.size(), value);
            if (error != std::errc() || end != symbol.data() + symbol.size() || value >= task.parameter_ ||
                symbol != std::to_string(value))
                refuse(fmt::format("an alphabet of numbers below {} for {}", task.parameter_, task.name_),
                       "'" + base::printable(symbol) + "'");
            task.values_.push_back(value);
        }
    }
    static void two_numbers(Task& task, const std::string& text) {
        numbers(task, text);
        task.only_length_ = 2;
    }

    static void next_language(Task& task, const std::string& text) {
        if (text.empty()) refuse("next with a language (attest languages lists them), as in next:dyck:1", "none");
        const Alphabet alphabet(task.symbols_);
        Language language = Language::parse(text, alphabet);
        if (language.alphabet().symbols() != task.symbols_)
            refuse(fmt::format("the alphabet {} for next:{}", base::printable(language.alphabet().describe()),
                               base::printable(text)),
                   base::printable(alphabet.describe()));
        task.name_ = "next:" + language.name();
        task.next_ = std::make_shared<const NextSymbols>(std::move(language));
    }

    struct Row {
        const char* name;
        bool has_parameter;
        Task::Compute compute;
        void (*require)(Task& task, const std::string& parameter);
        std::string (*read)(const Task& task, Task::Seen& seen, Symbol symbol);
    };
    static constexpr Row rows[] = {
        {"reverse", false, reverse, nullptr, nullptr},
        {"sort", false, sort, nullptr, nullptr},
        {"hist", false, hist, nullptr, nullptr},
        {"double-hist", false, double_hist, nullptr, nullptr},
        {"most-freq", false, most_freq, nullptr, nullptr},
        {"dyck-ptf", true, dyck_ptf, dyck_alphabet, read_bracket},
        {"shift", true, shift, distance, read_shifted},
        {"count", true, count, symbol, nullptr},
        {"sum", false, sum, digits, nullptr},
        {"sum-mod", true, sum_mod, numbers, nullptr},
        {"add", true, sum_mod, two_numbers, nullptr},
        {"next", true, next, next_language, nullptr},
    };

    static Task parse(const std::string& text, const Alphabet& alphabet) {
        const auto colon = text.find(':');
        const std::string name = text.substr(0, colon);
        Task task;
        task.name_ = text;
        task.symbols_ = alphabet.symbols();
        for (const Row& row : rows) {
            if (name != row.name) continue;
            if (!row.has_parameter && colon != std::string::npos)
                refuse(fmt::format("{} without a parameter", name), "'" + base::printable(text) + "'");
            task.compute_ = row.compute;
            task.read_ = row.read;
            if (row.require != nullptr) row.require(task, colon == std::string::npos ? "" : text.substr(colon + 1));
            return task;
        }
        Texts names;
        for (const Row& row : rows) names.emplace_back(row.name);
        const Texts near = base::suggestions(name, names);
        refuse("a task (attest tasks lists them)",
               fmt::format("'{}'{}", base::printable(text),
                           near.empty() ? "" : fmt::format("; perhaps '{}'", fmt::join(near, "' or '"))));
    }
};

Task Task::parse(const std::string& text, const Alphabet& alphabet) { return TaskRules::parse(text, alphabet); }

std::vector<std::string> Task::expected(const Word& word) const { return compute_(*this, word); }

void Task::forget(Seen& seen, std::size_t left) const { TaskRules::forget(*this, seen, left); }

void Task::require_length(std::int64_t length) const {
    if (only_length_ >= 0 && length != only_length_)
        throw base::UsageError(fmt::format("--length: expected {}, that of the words of {}, found {}", only_length_,
                                           base::printable(name_), length));
}

namespace {

/// Whether the text names a task of numbers below its parameter.
bool is_modular(const std::string& text) { return text.starts_with("sum-mod:") || text.starts_with("add:"); }

}  // namespace

std::optional<std::int64_t> Task::usual_length(const std::string& text) {
    return is_modular(text) ? std::optional<std::int64_t>(2) : std::nullopt;
}

std::vector<std::string> Task::usual_symbols(const std::string& text) {
    std::vector<std::string> symbols;
    if (!is_modular(text)) return symbols;
    const Task task = parse(text, Alphabet({"0"}));
    for (std::size_t k = 0; k < task.parameter_; ++k) symbols.push_back(std::to_string(k));
    return symbols;
}

const std::vector<TaskInfo>& tasks() {
    static const std::vector<TaskInfo> rows = {
        {"reverse", "position i has symbol N + 1 - i of the word", "0012: 2100"},
        {"sort", "the symbols in the order of the alphabet", "2010: 0012"},
        {"hist", "how often the symbol of the position is in the word", "0012: 2 2 1 1"},
        {"double-hist", "how many symbols are in the word as often as that of the position", "0012: 1 1 2 2"},
        {"most-freq",
         "the distinct symbols, the most frequent first, of equally frequent ones the one that occurs first; then <s>",
         "1002: 0 1 2 <s>"},
        {"dyck-ptf:K",
         "of the prefix that ends there: T if it is balanced, P if it can be continued to be, else F; K pairs of "
         "brackets, the alphabet in pairs; 1 <= K <= 4",
         "(()}: P P P F"},
        {"shift:K", "position i has symbol i - K of the word; the first K positions have <s>",
         "shift:1 of 012: <s> 0 1"},
        {"count:SYMBOL", "at each position how often the symbol is in the word", "count:1 of 0110: 2 2 2 2"},
        {"sum", "at each position the sum of the symbols, which are digits", "0120: 3 3 3 3"},
        {"sum-mod:P",
         "at each position the sum of the symbols modulo P, the symbols being numbers below P; 1 <= P <= 4096",
         "sum-mod:5 of 0342: 4 4 4 4"},
        {"add:P", "the same for words of two symbols", "add:5 of 34: 2 2"},
        {"next:LANGUAGE",
         "of the prefix that ends there: for each symbol of the alphabet 1 if a word of the language goes on with it, "
         "else "
         "0; then 1 if the prefix is in the language, else 0",
         "next:dyck:1 of (): 110 101"},
    };
    return rows;
}

}  // namespace attest::language
