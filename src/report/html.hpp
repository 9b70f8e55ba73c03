#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attest::report {

/// A page that is read as HTML and as XML alike: elements close themselves, text is escaped, so that what is written is
/// well-formed whatever the texts hold.
class Html {
  public:
    using Attributes = std::vector<std::pair<std::string_view, std::string>>;

    /// An element that is open while this lives.
    class Element {
      public:
        ~Element();
        Element(const Element&) = delete;
        Element& operator=(const Element&) = delete;

      private:
        friend class Html;
        Element(Html& page, std::string_view tag) : page_(page), tag_(tag) {}
        Html& page_;
        std::string tag_;
    };

    [[nodiscard]] Element element(std::string_view tag, const Attributes& attributes = {});
    /// An element that holds a text and nothing else.
    void leaf(std::string_view tag, std::string_view text, const Attributes& attributes = {});
    /// An element that can hold nothing, such as `meta`.
    void empty(std::string_view tag, const Attributes& attributes);
    void text(std::string_view text);
    /// Lines that stand as they are, in a `pre` element.
    void lines(std::string_view text);
    /// Markup that is well-formed already: a drawing, a style sheet.
    void markup(std::string_view markup) { out_ += markup; }

    std::size_t size() const { return out_.size(); }
    std::string take() { return std::move(out_); }

  private:
    void open(std::string_view tag, const Attributes& attributes);

    std::string out_;
};

}  // namespace attest::report
