#pragma once

#include <cctype>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace attest::tests {

/// What a C-RASP program says about a word, by the definition alone: a reader of its own that computes while it reads, for
/// each position anew. For small programs.
class CraspReference {
  public:
    explicit CraspReference(const std::string& text) {
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) {
            line = line.substr(0, line.find("//"));
            std::istringstream words(line);
            std::string first, rest;
            if (!(words >> first)) continue;
            std::getline(words, rest);
            if (first == "alphabet") {
                std::istringstream symbols(rest);
                for (std::string symbol; symbols >> symbol;) alphabet_.push_back(unquoted(symbol));
            } else if (first == "output") {
                std::istringstream(rest) >> output_;
            } else {
                output_ = has_output_ ? output_ : first;
                bodies_[first] = rest.substr(rest.find('=') + 1);
            }
            has_output_ = has_output_ || first == "output";
        }
    }

    const std::vector<std::string>& alphabet() const { return alphabet_; }

    /// Needs   a word that is not empty
    bool accepts(const std::vector<std::string>& word) {
        word_ = &word;
        known_.clear();
        return at(output_, word.size()) != 0;
    }

  private:
    static std::string unquoted(const std::string& text) {
        return text.front() == '"' ? text.substr(1, text.size() - 2) : text;
    }

    long at(const std::string& name, std::size_t i) {
        const auto known = known_.find({name, i});
        if (known != known_.end()) return known->second;
        std::size_t place = 0;
        const long value = any(bodies_.at(name), place, i);
        return known_[{name, i}] = value;
    }

    static bool next_is(const std::string& text, std::size_t& at, const std::string& sign) {
        while (at < text.size() && std::isspace(static_cast<unsigned char>(text[at])) != 0) ++at;
        return text.compare(at, sign.size(), sign) == 0;
    }
    static bool take(const std::string& text, std::size_t& at, const std::string& sign) {
        const bool is = next_is(text, at, sign);
        if (is) at += sign.size();
        return is;
    }

    long any(const std::string& text, std::size_t& at, std::size_t i) {
        long value = all(text, at, i);
        while (take(text, at, "|")) {
            const long other = all(text, at, i);
            value = value != 0 || other != 0 ? 1 : 0;
        }
        return value;
    }
    long all(const std::string& text, std::size_t& at, std::size_t i) {
        long value = opposite(text, at, i);
        while (take(text, at, "&")) {
            const long other = opposite(text, at, i);
            value = value != 0 && other != 0 ? 1 : 0;
        }
        return value;
    }
    long opposite(const std::string& text, std::size_t& at, std::size_t i) {
        if (next_is(text, at, "!") && !next_is(text, at, "!=")) {
            ++at;
            return opposite(text, at, i) == 0 ? 1 : 0;
        }
        const long a = total(text, at, i);
        if (take(text, at, "<=")) return a <= total(text, at, i) ? 1 : 0;
        if (take(text, at, ">=")) return a >= total(text, at, i) ? 1 : 0;
        if (take(text, at, "!=")) return a != total(text, at, i) ? 1 : 0;
        if (take(text, at, "<")) return a < total(text, at, i) ? 1 : 0;
        if (take(text, at, ">")) return a > total(text, at, i) ? 1 : 0;
        if (take(text, at, "=")) return a == total(text, at, i) ? 1 : 0;
        return a;
    }
    long total(const std::string& text, std::size_t& at, std::size_t i) {
        long value = term(text, at, i);
        for (;;) {
            if (take(text, at, "+")) value += term(text, at, i);
            else if (take(text, at, "-")) value -= term(text, at, i);
            else return value;
        }
    }
    long term(const std::string& text, std::size_t& at, std::size_t i) {
        const long value = atom(text, at, i);
        return take(text, at, "*") ? value * atom(text, at, i) : value;
    }

    long counted(const std::string& text, std::size_t& at, std::size_t from, std::size_t to) {
        long count = 0;
        const std::size_t start = at;
        for (std::size_t j = from; j <= to; ++j) {
            at = start;
            count += any(text, at, j);
        }
        take(text, at, "]");
        return count;
    }

    long atom(const std::string& text, std::size_t& at, std::size_t i) {
        if (take(text, at, "#[")) return counted(text, at, 1, i);
        if (take(text, at, "#>[")) return counted(text, at, i, word_->size());
        if (take(text, at, "(")) {
            long value = any(text, at, i);
            if (take(text, at, "?")) {
                const long yes = total(text, at, i);
                take(text, at, ":");
                const long no = total(text, at, i);
                value = value != 0 ? yes : no;
            }
            take(text, at, ")");
            return value;
        }
        std::string name;
        next_is(text, at, "");
        while (at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] == '_'))
            name += text[at++];
        if (name == "true" || name == "false") return name == "true" ? 1 : 0;
        if (std::isdigit(static_cast<unsigned char>(name[0])) != 0) return std::stol(name);
        if (name == "min" || name == "max") {
            take(text, at, "(");
            const long a = total(text, at, i);
            take(text, at, ",");
            const long b = total(text, at, i);
            take(text, at, ")");
            return name == "min" ? std::min(a, b) : std::max(a, b);
        }
        if (name == "Q") {
            take(text, at, "(");
            const bool marked = take(text, at, "\"");
            std::string symbol;
            while (marked ? text[at] != '"' : text[at] != ')' && text[at] != ' ') symbol += text[at++];
            if (marked) ++at;
            take(text, at, ")");
            return (*word_)[i - 1] == symbol ? 1 : 0;
        }
        return this->at(name, i);
    }

    std::vector<std::string> alphabet_;
    std::map<std::string, std::string> bodies_;
    std::string output_;
    bool has_output_ = false;
    const std::vector<std::string>* word_ = nullptr;
    std::map<std::pair<std::string, std::size_t>, long> known_;
};

}  // namespace attest::tests
