SELECT if($__timeFilter(toStartOfInterval(time, INTERVAL $__interval_s SECOND)), f(a, [1, (2)], {'k': 'v,)'}), $__timeGroup(if(x, (time), now()), $__interval))
