-- $__timeFilter(time) in a comment
# $__unknown in another
SELECT '$__timeFilter(time)', 'it''s $__x', 'a\'$__y(', "$__column", `$__name`, $tag$ $__z( $tag$ /* $__w( */
FROM t WHERE $__timeFilter(/* ) $__v */ time) AND s = ')' AND $__conditionalAll(a = 'x,y)', 'z') -- $__end
