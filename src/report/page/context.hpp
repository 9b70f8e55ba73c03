#pragma once

#include <map>
#include <string>
#include <vector>

#include "report/html.hpp"
#include "report/page.hpp"
#include "report/svg.hpp"

namespace attest::report {

/// A certificate with its place on the page.
struct Claim {
    const Certificate* certificate;
    std::string id;
    int depth = 0;         ///< of nesting in collections
    std::string original;  ///< id of the first claim with this digest, if it is another one
};

/// What the sections of a page share while it is written.
struct Context {
    const Sources& sources;
    const PageOptions& options;
    Html html;
    std::vector<Claim> claims;                     ///< collections before their parts
    std::map<std::string, std::string> by_path;    ///< id of the claim in a place
    std::map<std::string, std::string> by_digest;  ///< of accepted certificates only
    int drawings = 0;

    Context(const Sources& sources, const PageOptions& options);

    /// A drawing with a caption; in its place a line that says so where the page is large already.
    void figure(const Svg& drawing, const std::string& caption);
    bool full() const { return html.size() > options.most_bytes; }
};

/// A word that stands out, with a sign so that nothing hangs on colour alone.
struct Mark {
    const char* word;
    const char* sign;
    const char* role;  ///< good, bad, open or alarm: a class of the page's style sheet
};
Mark mark_of(const Certificate& certificate);
void write_mark(Html& html, const Mark& mark);

/// A row of a list of facts: name, text.
void write_fact(Html& html, std::string_view name, std::string_view text);

/// What is wider than a small screen: it scrolls by itself, by keyboard too.
[[nodiscard]] Html::Element scroll_region(Html& html, const std::string& label);

/// Text that goes on in the next line inside a word where that is very long, such as a word of a language or a digest.
void write_words(Html& html, std::string_view text);
/// The same as an element of its own.
void write_words(Html& html, std::string_view tag, std::string_view text);

/// A table's head: names of columns.
void write_head(Html& html, const std::vector<std::string>& columns);

std::string joined(const std::vector<std::string>& words, const char* between);

/// A word for a command of a shell, quoted where it must be.
std::string shell_word(const std::string& text);

/// What a browser is told before the page: its title, its rules, and that it fetches nothing.
void write_document_head(Context& page);

// The sections, in the order of the page.
void write_verdicts(Context& page);
void write_ledgers(Context& page);
void write_claims(Context& page);
void write_outputs(Context& page);
void write_legend(Context& page);

/// One article of write_outputs. path: may be empty, for what is in no file; id: unlike any other of the page
void write_output(Context& page, const Output& output, const std::string& id);

/// The rules of the page itself.
std::string page_style();

}  // namespace attest::report
